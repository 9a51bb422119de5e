#!/usr/bin/env python3
"""Write the sentence splitter that exported packages carry: rules as an ONNX graph of the form MiniSBD reads.

Stock Argos Translate and LibreTranslate split text with MiniSBD, whose models they fetch at first use; a package with a
folder ``minisbd`` brings its own and translates without a network. This one is no trained network: each gate below is
one rule, an AND over characters around a stop. Initials (Қ. Тоқаев), single letters (г. Алматы, 5 млн т) and the
abbreviations of ``data/abbreviations`` end no sentence.

    python training/splitter.py src/kzpress/data/splitter.onnx

Needs ``onnx`` and ``numpy``. The same bytes every time.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper

UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯӘҒҚҢӨҰҮҺІ"
KINDS = {
    "end": ".!?…",
    "dot": ".",
    "space": " ",
    "open": "«“„\"'(",
    "close": "»”\"')]",
    "digit": "0123456789",
    "letter": UPPER + UPPER.lower(),
    "lower": UPPER.lower(),
}
BEHIND, AHEAD = 8, 3  # characters a rule may look back and ahead
LISTS = Path(__file__).parent.parent / "src" / "kzpress" / "data" / "abbreviations"

Rule = Mapping[tuple[int, str], int]  # (offset from the stop, kind or letter or "capital"): 1 must be, -1 must not


def abbreviations() -> list[str]:
    """Return the short words after which a stop ends nothing, in any of the languages."""
    lists = [tomllib.loads(path.read_text("utf-8"))["never"].split() for path in sorted(LISTS.glob("*.toml"))]
    return sorted({word for words in lists for word in words if word.isalpha() and 2 <= len(word) < BEHIND})


def ends() -> list[Rule]:
    """Return the rules that say: a sentence ends with this character."""
    stop: list[Rule] = [{(0, "end"): 1}, {(0, "close"): 1, (-1, "end"): 1}]
    next_word: list[Rule] = [{(2, "capital"): 1}, {(2, "open"): 1, (3, "capital"): 1}]
    return [{**before, (1, "space"): 1, **after} for before in stop for after in next_word]


def exceptions() -> list[Rule]:
    """Return the rules that say: none ends here whatever follows."""
    rules: list[Rule] = [
        {(0, "dot"): 1, (-1, "capital"): 1, (-2, "letter"): -1},
        {(0, "dot"): 1, (-1, "lower"): 1, (-2, "letter"): -1, (-3, "digit"): -1},  # but "2021 г. Стороны"
        {(0, "dot"): 1, (-1, "ж"): 1, (-2, "letter"): -1},  # "2021 ж. Астанада": a Kazakh sentence ends with its verb
    ]
    for word in abbreviations():
        letters = {(-i, letter): 1 for i, letter in enumerate(reversed(word), 1)}
        rules.append({(0, "dot"): 1, **letters, (-len(word) - 1, "letter"): -1})
    return rules


def gates(rules: list[Rule], channels: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and biases of a convolution whose output is 1 where a rule holds, else 0 or less."""
    weights = np.zeros((len(rules), len(channels), BEHIND + AHEAD + 1), np.int8)
    biases = np.zeros(len(rules), np.float32)
    for i, rule in enumerate(rules):
        for (offset, kind), sign in rule.items():
            weights[i, channels.index(kind), offset + BEHIND] = sign
        biases[i] = 1 - sum(sign > 0 for sign in rule.values())
    return weights, biases


def main() -> None:
    """Build the graph and write it."""
    letters = sorted(set("".join(abbreviations())))
    channels = [*KINDS, *letters, "capital"]
    units = ["<PAD>", "<UNK>", *sorted(set("".join(KINDS.values())))]
    table = np.zeros((len(units), len(channels) - 1), np.float32)
    for row, unit in enumerate(units[2:], 2):
        for column, channel in enumerate(channels[:-1]):
            table[row, column] = unit in KINDS[channel] if channel in KINDS else unit.lower() == channel
    endings, others = ends(), exceptions()
    weights, biases = gates([*endings, *others], channels)
    verdict = np.zeros((5, len(biases), 1), np.float32)  # MiniSBD's classes: nothing, token, sentence end, two more
    verdict[2] = np.array([[1]] * len(endings) + [[-len(endings)]] * len(others))
    constants = {
        "table": table,
        "rules.int8": weights,
        "rules.bias": biases,
        "verdict": verdict,
        "verdict.bias": np.array([0.5, 0, 0, 0, 0], np.float32),
    }
    nodes = [
        helper.make_node("Gather", ["table", "units"], ["known"]),
        helper.make_node("Cast", ["rules.int8"], ["rules"], to=TensorProto.FLOAT),  # a quarter of the size
        helper.make_node("Concat", ["known", "features"], ["rows"], axis=2),
        helper.make_node("Transpose", ["rows"], ["columns"], perm=[0, 2, 1]),
        helper.make_node("Conv", ["columns", "rules", "rules.bias"], ["seen"], pads=[BEHIND, AHEAD]),
        helper.make_node("Relu", ["seen"], ["held"]),
        helper.make_node("Conv", ["held", "verdict", "verdict.bias"], ["scores"]),
        helper.make_node("Transpose", ["scores"], ["output"], perm=[0, 2, 1]),
    ]
    graph = helper.make_graph(
        nodes,
        "sentences",
        [
            helper.make_tensor_value_info("units", TensorProto.INT64, ["batch", "length"]),
            helper.make_tensor_value_info("features", TensorProto.FLOAT, ["batch", "length", 1]),
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", "length", 5])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="kzpress")
    model.ir_version = 8
    about = {
        "lang_code": "kk ru en",
        "config": json.dumps({"feat_funcs": ["capitalized"], "batch_size": 32, "max_seqlen": 1000}),
        "vocab": json.dumps(
            {"lang": "", "_id2unit": units, "_unit2id": {unit: i for i, unit in enumerate(units)}}, ensure_ascii=False
        ),
    }
    for key, value in about.items():
        model.metadata_props.add(key=key, value=value)
    data = model.SerializeToString(deterministic=True)
    Path(sys.argv[1]).write_bytes(data)
    print(f"{len(data):,} bytes, {len(endings)} endings, {len(others)} exceptions")


if __name__ == "__main__":
    main()
