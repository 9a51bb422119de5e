"""Translation: which packages there are, which route a direction takes, and decoding in batches.

``packages`` reads what is installed, ``route`` chooses, ``argos`` decodes, ``casing`` and ``protect`` prepare a
sentence for a model and put back what the model must not touch. ``install``, ``archive``, ``index`` and ``convert``
bring packages in and out, ``seal`` and ``verify`` compare them with their sums. They are imported where they are used.
"""

from kzpress.engine.packages import Origin, Package, broken, discover
from kzpress.engine.protocol import Engine, Job
from kzpress.engine.route import Direction, directions, find_route
from kzpress.engine.seal import Seal

__all__ = ["Direction", "Engine", "Job", "Origin", "Package", "Seal", "broken", "directions", "discover", "find_route"]
