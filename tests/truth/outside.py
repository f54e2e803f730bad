"""Why an answer of ours is outside the tolerance of its question, case by case."""

OWN_TYPES = "its publisher chose types tensor by tensor: only the file's own bytes tell"
REASONS = {
    "k9-q38-q4km": OWN_TYPES,
    "k9-q38-iq4xs": OWN_TYPES,
    "k9-q38-ud-q4kxl": f"{OWN_TYPES}, and the label has no rule: counted as Q4_K_M",
    "k9-q36-3090-121k": "the label has no rule and is counted as Q4_K_M: 2.6% too little with the file's own "
    "17,612,564,704 bytes",
    "k9-q36-3090-longest": "asked for is how far it ran at full speed, not what fits: 121,600 tokens were loaded too; "
    "121,088 are counted with the file's 17,612,564,704 bytes",
}
