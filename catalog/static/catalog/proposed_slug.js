// Fills in the slug of a new record while its name is typed, as the server proposes it. A slug that was typed stays.
'use strict';
{
    const slug = document.querySelector('[data-proposed-by]');
    const name = document.getElementById('id_name');
    let waiting, asked = 0, ours = '';

    const propose = async () => {
        const number = ++asked;
        const address = `${slug.dataset.proposedBy}?${new URLSearchParams({name: name.value})}`;
        try {
            const answer = await fetch(address, {headers: {Accept: 'application/json'}, redirect: 'error'});
            if (!answer.ok || number !== asked || slug.value !== ours) {
                return;
            }
            ours = slug.value = (await answer.json()).slug;
        } catch {
            // Without an answer the slug stays empty, and is given when the record is saved.
        }
    };

    if (slug && name) {
        ours = name.value && slug.value ? null : slug.value;
        name.addEventListener('input', () => {
            clearTimeout(waiting);
            if (slug.value === ours) {
                waiting = setTimeout(propose, 200);
            }
        });
    }
}
