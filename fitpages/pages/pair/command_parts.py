"""A command line in parts that a page does not break: a narrow screen breaks it where a reader would."""

import re

# A line break; else the space after a word, unless the word is a flag that its value follows.
_WORDS = re.compile(r"\n|-[^ \n]+ +(?!-)[^ \n]+ *|[^ \n]+ *| +")
# Within a word: after a stroke, before the label of a repository; never within the "://" of an address.
_WITHIN = re.compile(r"(?<=/)(?!/)|(?=[:@](?!//))")


def command_parts(command: str) -> tuple[str, ...]:
    """The parts, which together are the command: "-c 32768 ", "-hf bartowski/", "Qwen3-8B-GGUF", ":Q6_K".

    A page writes each without a break inside and <wbr> after it. A line break is a part of its own.
    """
    return tuple(part for word in _WORDS.findall(command) for part in _WITHIN.split(word) if part)
