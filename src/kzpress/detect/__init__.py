"""What language a release is in: Kazakh, Russian, English, mixed or unknown, always with the reason."""

from kzpress.detect.vote import detect, detect_text

__all__ = ["detect", "detect_text"]
