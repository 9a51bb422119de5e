"""Write a checkpoint as the six Argos packages that kzpress embeds, sharing one set of int8 weights.

    python training/export.py last.pt --sentencepiece sentencepiece.model --version 1.0 --out src/kzpress/data/models

The result is ``weights/`` (CTranslate2 model and tokenizer), one ``translate-<from>_<to>/metadata.json`` a direction
in Argos's own form, and ``SHA256SUMS``, which ``sha256sum -c`` and kzpress read alike.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import shutil
from pathlib import Path
from typing import Final

import ctranslate2
import sentencepiece as spm
import torch
from ctranslate2.specs import attention_spec, common_spec, transformer_spec
from torch import Tensor

from model import MAX_POSITIONS, TAGS, read_checkpoint, sinusoids

NAMES: Final = {"kk": "Kazakh", "ru": "Russian", "en": "English"}


def linear(spec: common_spec.LinearSpec, state: dict[str, Tensor], *names: str) -> None:
    """Fill a linear layer with the rows of one or several of ours."""
    spec.weight = torch.cat([state[f"{name}.weight"] for name in names]).contiguous().numpy()
    spec.bias = torch.cat([state[f"{name}.bias"] for name in names]).contiguous().numpy()


def norm(spec: common_spec.LayerNormSpec, state: dict[str, Tensor], name: str) -> None:
    """Fill a layer norm."""
    spec.gamma, spec.beta = state[f"{name}.weight"].numpy(), state[f"{name}.bias"].numpy()


def self_attention(spec: attention_spec.MultiHeadAttentionSpec, state: dict[str, Tensor], layer: str) -> None:
    """Fill attention whose queries, keys and values CTranslate2 keeps in one matrix."""
    norm(spec.layer_norm, state, f"{layer}.n1")
    linear(spec.linear[0], state, f"{layer}.a.q", f"{layer}.a.kv")
    linear(spec.linear[1], state, f"{layer}.a.o")


def feed_forward(spec: transformer_spec.FeedForwardSpec, state: dict[str, Tensor], layer: str) -> None:
    """Fill the two inner products of a layer."""
    norm(spec.layer_norm, state, f"{layer}.n3")
    linear(spec.linear_0, state, f"{layer}.w1")
    linear(spec.linear_1, state, f"{layer}.w2")


def convert(
    state: dict[str, Tensor], config: dict[str, int], vocabulary: list[str]
) -> transformer_spec.TransformerSpec:
    """Return the CTranslate2 model of a checkpoint; its log-probabilities agree to about three decimals in float32."""
    spec = transformer_spec.TransformerSpec.from_config(
        (config["ne"], config["nd"]), config["h"], pre_norm=True, activation=common_spec.Activation.RELU
    )
    embeddings = state["emb.weight"].numpy()
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = embeddings
    table = sinusoids(MAX_POSITIONS, config["pd"]).repeat(1, config["d"] // config["pd"]).numpy()
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = True
        side.position_encodings.encodings = table
    norm(spec.encoder.layer_norm, state, "en")
    norm(spec.decoder.layer_norm, state, "dn")
    for i, layer in enumerate(spec.encoder.layer):
        self_attention(layer.self_attention, state, f"enc.{i}")
        feed_forward(layer.ffn, state, f"enc.{i}")
    for i, layer in enumerate(spec.decoder.layer):
        self_attention(layer.self_attention, state, f"dec.{i}")
        norm(layer.attention.layer_norm, state, f"dec.{i}.n2")
        linear(layer.attention.linear[0], state, f"dec.{i}.c.q")
        linear(layer.attention.linear[1], state, f"dec.{i}.c.kv")
        linear(layer.attention.linear[2], state, f"dec.{i}.c.o")
        feed_forward(layer.ffn, state, f"dec.{i}")
    spec.decoder.projection.weight = embeddings
    spec.decoder.projection.bias = state["bias"].numpy()
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = spec.config.bos_token = "<s>"
    spec.config.eos_token, spec.config.unk_token = "</s>", "<unk>"
    return spec


def metadata(source: str, target: str, args: argparse.Namespace) -> dict[str, object]:
    """Return an Argos ``metadata.json``.

    Six keys are kzpress's own: ``weights`` tells where the shared files lie, ``annotations`` that the model reads the
    names its output must have, written ``<t> source term <=> lemma </t>``, ``longest_sentence`` how many pieces it
    does well at once, ``longest_whole`` up to how many it is tried with at once first, ``length_reward`` how much
    longer hypotheses are preferred, ``doubtful_below`` under which mean log-probability a translation is a guess.
    """
    return {
        "package_version": args.version,
        "argos_version": "1.9.0",
        "from_code": source,
        "from_name": NAMES[source],
        "to_code": target,
        "to_name": NAMES[target],
        "target_prefix": TAGS[target],
        "links": [],
        "weights": "../weights",
        "annotations": "<t> <=> </t>",
        "longest_sentence": args.longest,
        "longest_whole": args.whole,
        "length_reward": args.reward,
        "doubtful_below": args.doubtful,
    }


def main() -> None:
    """Read, convert, write, seal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--sentencepiece", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--longest", type=int, default=48, help="pieces; longer sentences are cut between clauses")
    parser.add_argument("--whole", type=int, default=128, help="pieces; up to so many are first decoded whole")
    parser.add_argument("--reward", type=float, default=0.5, help="of a hypothesis's length, see README.md")
    parser.add_argument("--doubtful", type=float, default=-0.8, help="score under which a translation is a guess")
    parser.add_argument("--quantization", default="int8")
    args = parser.parse_args()
    saved = read_checkpoint(args.checkpoint)
    pieces = spm.SentencePieceProcessor(model_file=str(args.sentencepiece))
    vocabulary = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    state = {name: w.float() for name, w in saved["model"].items()}
    spec = convert(state, saved["config"], vocabulary)
    spec.validate()
    spec.optimize(quantization=args.quantization)
    weights = args.out / "weights"
    shutil.rmtree(weights, ignore_errors=True)
    (weights / "model").mkdir(parents=True)
    spec.save(str(weights / "model"))
    shutil.copyfile(args.sentencepiece, weights / "sentencepiece.model")
    for source, target in itertools.permutations(TAGS, 2):
        folder = args.out / f"translate-{source}_{target}"
        folder.mkdir(exist_ok=True)
        text = json.dumps(metadata(source, target, args), ensure_ascii=False, indent=2) + "\n"
        (folder / "metadata.json").write_text(text, "utf-8")
    sealed = sorted(p for p in args.out.rglob("*") if p.is_file() and p.name not in ("SHA256SUMS", "README.md"))
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(args.out).as_posix()}\n" for p in sealed]
    (args.out / "SHA256SUMS").write_text("".join(lines), "utf-8")
    ctranslate2.Translator(str(weights / "model"))
    print(f"{sum(p.stat().st_size for p in sealed) / 1e6:.1f} MB in {args.out}")


if __name__ == "__main__":
    main()
