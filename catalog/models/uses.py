"""What people run models for: a closed set of words, of which a model has any number."""

from django.core.exceptions import ValidationError
from django.db import models


class Use(models.TextChoices):
    CHAT = "chat", "Chat"
    CODE = "code", "Code"
    REASONING = "reasoning", "Reasoning"
    VISION = "vision", "Pictures"
    AUDIO = "audio", "Speech and sound"
    LANGUAGES = "languages", "Many languages"
    TRANSLATION = "translation", "Translation"
    MEDICINE = "medicine", "Medicine"
    MODERATION = "moderation", "Moderation"


def validate_uses(text: str) -> None:
    """Words of the set, each once, with spaces between."""
    words = text.split()
    unknown = [word for word in words if word not in Use.values]
    if unknown:
        raise ValidationError(
            "There is no use “%(word)s”. Choose of: %(words)s.",
            params={"word": unknown[0], "words": ", ".join(Use.values)},
        )
    if " ".join(dict.fromkeys(words)) != text:
        raise ValidationError("Write each use once, with single spaces between.")
