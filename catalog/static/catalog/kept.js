// What was typed into a form of the desk and could not be saved, for want of a session, waits in this window, and is in
// the form again after signing in. Nothing is ever sent by itself. docs/decisions/a-lost-session-loses-nothing.md
"use strict";

(() => {
    const PREFIX = "desk-form ";
    const MOST_CHARACTERS = 500000;
    const LASTS_MS = 12 * 3600 * 1000;
    const NEVER = ["password", "file", "submit", "button", "reset", "image"];
    const { user, refused } = document.currentScript.dataset;
    const here = location.pathname + location.search;
    const isSignIn = document.body.classList.contains("login");

    // A browser may refuse to keep anything: then nothing is.
    function storage() {
        try {
            return window.sessionStorage;
        } catch {
            return null;
        }
    }
    const store = storage();
    if (!store) {
        return;
    }

    function addresses() {
        return Object.keys(store).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    }

    function read(address) {
        try {
            const kept = JSON.parse(store.getItem(PREFIX + address));
            return kept && Date.now() - kept.at < LASTS_MS ? kept : null;
        } catch {
            return null;
        }
    }

    function write(address, kept) {
        const text = JSON.stringify(kept);
        forget(address);
        try {
            if (text.length <= MOST_CHARACTERS) {
                store.setItem(PREFIX + address, text);
            }
        } catch {
            // No room: nothing is kept.
        }
    }

    function forget(address) {
        store.removeItem(PREFIX + address);
    }

    function formHere() {
        const list = document.getElementById("changelist-form");
        return document.querySelector("body.change-form #content-main > form") || list;
    }

    function valueOf(field) {
        if (field.type === "checkbox" || field.type === "radio") {
            return { name: field.name, value: field.value, checked: field.checked };
        }
        if (field.tagName === "SELECT") {
            const options = [...field.selectedOptions].map((option) => [option.value, option.text]);
            return { name: field.name, options };
        }
        return { name: field.name, value: field.value };
    }

    function typed(form) {
        const fields = [...form.elements].filter((field) => field.name && field.type && !NEVER.includes(field.type));
        return fields.filter((field) => field.name !== "csrfmiddlewaretoken").map(valueOf);
    }

    function fieldsOf(form, name) {
        return [...form.elements].filter((field) => field.name === name && !NEVER.includes(field.type));
    }

    function choose(select, options) {
        for (const option of select.options) {
            option.selected = false;
        }
        for (const [value, text] of options) {
            let option = [...select.options].find((other) => other.value === value);
            if (!option) {
                option = new Option(text, value);
                select.add(option);
            }
            option.selected = true;
        }
    }

    function fill(form, kept) {
        for (const { name, value, checked, options } of kept.fields) {
            for (const field of fieldsOf(form, name)) {
                if (options) {
                    choose(field, options);
                } else if (checked === undefined) {
                    field.value = value;
                } else if (field.value === value) {
                    field.checked = checked;
                }
            }
        }
    }

    // Cells of a list are named by their rows' places: they are filled in only where the same rows are there.
    function isOfTheSameRows(form, kept) {
        const keys = kept.fields.filter(({ name }) => /^form-\d+-id$/.test(name));
        return keys.every(({ name, value }) => fieldsOf(form, name).some((field) => field.value === value));
    }

    function say(sentence, before, button) {
        const box = document.createElement("section");
        box.className = "desk-box desk-box-warning desk-kept";
        box.setAttribute("role", "status");
        const text = document.createElement("p");
        text.textContent = sentence;
        box.append(text);
        if (button) {
            box.append(button);
        }
        before.before(box);
    }

    function throwAwayButton() {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button";
        button.textContent = "Throw it away and look at what is saved";
        button.addEventListener("click", () => {
            forget(here);
            location.reload();
        });
        return button;
    }

    function showAgain(form, kept) {
        if (!isOfTheSameRows(form, kept)) {
            say("You were signed out, and the list has other rows now: nothing is saved, and nothing filled in.", form);
            forget(here);
            return;
        }
        fill(form, kept);
        say(
            "You were signed out; nothing is saved yet. What you had typed is in the form again. Look, then save.",
            form,
            throwAwayButton(),
        );
    }

    function markAsLost() {
        const lost = addresses().filter((address) => read(address));
        for (const address of lost) {
            write(address, { ...read(address), lost: true });
        }
        return lost.length > 0;
    }

    function forgetWhatIsSaved() {
        for (const address of addresses()) {
            const kept = read(address);
            if (!kept || !kept.lost || kept.user !== user) {
                forget(address);
            }
        }
    }

    function onSubmit(event) {
        const form = formHere();
        if (event.target === form && (form.id !== "changelist-form" || event.submitter?.name === "_save")) {
            write(here, { user, at: Date.now(), fields: typed(form), lost: false });
        }
    }

    if (refused) {
        if (markAsLost() && read(refused)) {
            location.replace(refused);
        }
    } else if (isSignIn) {
        if (markAsLost()) {
            const form = document.getElementById("login-form");
            say("You were signed out, and nothing is saved yet. What you typed waits in this window until you sign in.", form);
        }
    } else if (location.pathname.endsWith("/logout/")) {
        addresses().forEach(forget);
    } else if (user) {
        forgetWhatIsSaved();
        const kept = read(here);
        const form = formHere();
        if (kept && form) {
            showAgain(form, kept);
        }
        document.addEventListener("submit", onSubmit);
    }
})();
