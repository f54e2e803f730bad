// Fills in the slug of a new record while its name is typed, as the server proposes it. A slug that was typed stays.
'use strict';
document.addEventListener('DOMContentLoaded', () => {
    const slug = document.querySelector('[data-proposed-by]');
    const name = document.getElementById('id_name');
    if (!slug || !name) {
        return;
    }
    let waiting, asked = 0;
    let ours = name.value && slug.value ? null : slug.value;

    const propose = async () => {
        const number = ++asked;
        const address = `${slug.dataset.proposedBy}?${new URLSearchParams({name: name.value})}`;
        try {
            const answer = await fetch(address, {headers: {Accept: 'application/json'}, redirect: 'error'});
            const proposed = answer.ok ? (await answer.json()).slug : '';
            if (number === asked && slug.value === ours) {
                ours = slug.value = proposed;
            }
        } catch {
            // Without an answer the slug stays as it is, and is given when the record is saved.
        }
    };

    name.addEventListener('input', () => {
        clearTimeout(waiting);
        if (slug.value === ours) {
            waiting = setTimeout(propose, 200);
        }
    });
});
