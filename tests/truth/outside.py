"""Why an answer of ours is outside the tolerance of its question, case by case."""

OWN_TYPES = "its publisher chose types tensor by tensor: only the file's own bytes tell"
REASONS = {
    "k9-q38-q4km": OWN_TYPES,
    "k9-q38-iq4xs": OWN_TYPES,
    "k9-q36-3090-longest": "asked for is how far it ran at full speed, not what fits: 121,600 tokens were loaded too",
    "k10-oss120-pp-ub512": "tokens of one text choose fewer experts than an even choice does, and fewer are copied",
    "k12-halo-oss120-pp2k": "the measurements of this model on this machine differ by two fifths: 626 to 1,034",
}
