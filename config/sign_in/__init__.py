"""How people come in: wrong tries are counted, one password is checked at a time, and each refusal says why."""
