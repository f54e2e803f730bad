"""Why an answer of ours is outside the tolerance of its question, case by case."""

OWN_TYPES = "its publisher chose types tensor by tensor: only the file's own bytes tell"
PASCAL = "most measurements of Pascal cards are of a GTX 1050 Ti; larger ones do better for their bandwidth"
FAST_RAM = "the RAM is not stated; two channels of DDR5 would have had to give twice what they gave elsewhere"
BATTLEMAGE = "of Arc B cards two were measured: short contexts are faster and long quantized ones slower than counted"
SMALL_ON_PASCAL = "small models and linear attention wait longer on a GTX 1050 Ti than the class's layers do"
RADEON = "small models wait longer between layers on this card than its class does"
REASONS = {
    "k1-flash-m1max-speed": "measured with another engine, at two bits",
    "k4-2xp40-layer": PASCAL,
    "k5-b70-q40-4k": BATTLEMAGE,
    "k5-b70-q40-128k": BATTLEMAGE,
    "k6-3090-ncmoe26": FAST_RAM,
    "k6-3090-ncmoe25": FAST_RAM,
    "k6-3090-ncmoe28": FAST_RAM,
    "k9-q38-q4km": OWN_TYPES,
    "k9-q38-iq4xs": OWN_TYPES,
    "k9-q36-3090-longest": "asked for is how far it ran at full speed, not what fits: 121,600 tokens were loaded too",
    "k11-3080ti-laptop": "a laptop at a power limit that its source does not state",
    "p4-7900xt-qwen3-5-4b": RADEON,
    "p4-7900xt-gemma-3-4b": RADEON,
    "p4-1050ti-qwen3-5-0-8b": SMALL_ON_PASCAL,
    "p4-1050ti-falcon-h1-1-5b": SMALL_ON_PASCAL,
    "p4-1050ti-granite-4-0-h-1b": SMALL_ON_PASCAL,
    "p5-1050ti-smollm2-135m": SMALL_ON_PASCAL,
    "p5-1050ti-granite-4-0-h-350m": SMALL_ON_PASCAL,
    "p5-1050ti-smollm2-360m": SMALL_ON_PASCAL,
}
