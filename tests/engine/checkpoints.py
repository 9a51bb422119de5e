"""Tiny checkpoints of random weights as Hugging Face keeps Marian, M2M100 and NLLB; needs transformers and torch."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

TEXTS = (
    "The ministers discussed trade and transit between the two countries.",
    "Министры обсудили торговлю и транзит между двумя странами.",
    "Министрлер екі ел арасындағы сауда мен транзитті талқылады.",
    "The sides agreed to meet again in Astana in the autumn.",
    "Стороны договорились вновь встретиться в Астане осенью.",
    "Тараптар күзде Астанада қайта кездесуге келісті.",
)
_SIZES: dict[str, Any] = {
    "d_model": 16,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 32,
    "decoder_ffn_dim": 32,
    "max_position_embeddings": 300,
}


def pieces(path: Path, texts: tuple[str, ...] = TEXTS, kind: str = "unigram") -> list[str]:
    """Train a SentencePiece model at ``path`` and return its vocabulary."""
    import sentencepiece as spm

    kept = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(texts * 4),
        model_writer=kept,
        vocab_size=120,
        hard_vocab_limit=False,
        model_type=kind,
        minloglevel=2,
    )
    path.write_bytes(kept.getvalue())
    processor = spm.SentencePieceProcessor(model_proto=kept.getvalue())
    return [processor.id_to_piece(i) for i in range(processor.get_piece_size())]


def m2m100(folder: Path) -> Path:
    """Write an M2M100 checkpoint: SentencePiece, ``vocab.json``, language tokens ``__kk__`` behind it."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer

    folder.mkdir()
    own = [piece for piece in pieces(folder / "sentencepiece.bpe.model") if not piece.startswith("<")]
    vocabulary = {piece: i for i, piece in enumerate(["<s>", "<pad>", "</s>", "<unk>", *own])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), "utf-8")
    tokenizer = M2M100Tokenizer(str(folder / "vocab.json"), str(folder / "sentencepiece.bpe.model"))
    special = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "sep_token": "</s>", "pad_token": "<pad>"}
    tokens = list(tokenizer.lang_token_to_id)
    for name, facts in (
        ("special_tokens_map.json", special | {"additional_special_tokens": tokens}),
        ("tokenizer_config.json", special | {"tokenizer_class": "M2M100Tokenizer", "num_madeup_words": 8}),
    ):
        (folder / name).write_text(json.dumps(facts), "utf-8")
    size = len(vocabulary) + 100 + 8
    config = M2M100Config(vocab_size=size, decoder_start_token_id=2, **_SIZES)
    _save(M2M100ForConditionalGeneration(config), folder, len(vocabulary))
    return folder


def nllb(folder: Path) -> Path:
    """Write an NLLB checkpoint: M2M100's network, its own tokenizer, language tokens ``kaz_Cyrl``."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES

    folder.mkdir()
    own = pieces(folder / "sentencepiece.bpe.model", kind="bpe")
    special = {"additional_special_tokens": list(FAIRSEQ_LANGUAGE_CODES)}
    (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "NllbTokenizer"} | special), "utf-8")
    (folder / "special_tokens_map.json").write_text(json.dumps(special), "utf-8")
    size = len(own) + 1 + len(FAIRSEQ_LANGUAGE_CODES) + 1  # <pad> before the pieces, <mask> behind the languages
    config = M2M100Config(vocab_size=size, decoder_start_token_id=2, **_SIZES)
    _save(M2M100ForConditionalGeneration(config), folder, len(own) + 1)
    return folder


def marian(folder: Path, source: str = "en", target: str = "ru", tokens: tuple[str, ...] = ()) -> Path:
    """Write a Marian checkpoint: two SentencePiece models, ``vocab.json``, ``tokens`` such as ``>>kaz<<``."""
    from transformers import MarianConfig, MarianMTModel

    folder.mkdir()
    both = pieces(folder / "source.spm", TEXTS[::3]) + pieces(folder / "target.spm", TEXTS[1::3] + TEXTS[2::3])
    own = dict.fromkeys(piece for piece in both if not piece.startswith("<"))
    vocabulary = {piece: i for i, piece in enumerate(["</s>", "<unk>", *own, *tokens, "<pad>"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), "utf-8")
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "MarianTokenizer", "source_lang": source, "target_lang": target}), "utf-8"
    )
    pad = len(vocabulary) - 1
    config = MarianConfig(
        vocab_size=len(vocabulary),
        pad_token_id=pad,
        eos_token_id=0,
        decoder_start_token_id=pad,
        scale_embedding=True,
        activation_function="swish",
        **_SIZES,
    )
    _save(MarianMTModel(config), folder, len(own) + 2)
    return folder


def _save(model: Any, folder: Path, text: int) -> None:
    """Write ``model`` with random weights large enough that another prefix gives another output.

    Signs that are no pieces of text get small embeddings, since the model would write little else.
    """
    import torch

    torch.manual_seed(7)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.normal_(0, 0.5)
        rows = model.get_input_embeddings().weight
        rows[[*range(4), *range(text, len(rows))]] *= 0.3
    model.save_pretrained(folder)
