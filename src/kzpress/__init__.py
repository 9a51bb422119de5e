"""kzpress: press releases between Kazakh, Russian and English, drafted offline for human review."""

__version__ = "0.1.0"
