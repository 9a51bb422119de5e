"""The Transformer: pre-norm, ReLU, one embedding for both sides and the output, laid out for CTranslate2.

The direction is the decoder's first token (``<2kk>``, ``<2ru>``, ``<2en>``), the way an Argos package states it in
``target_prefix``. Two paths give the same numbers: PyTorch's own attention on a GPU, and on a CPU plain products with
dropout masks cut from one pool and a softmax that never keeps all of its logits, which together train about twice as
fast on two cores.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Final

import torch
import torch.nn.functional as F
from torch import Tensor, nn

PAD, UNK, BOS, EOS = 0, 1, 2, 3
TAGS: Final = {"kk": "<2kk>", "ru": "<2ru>", "en": "<2en>"}
MAX_POSITIONS: Final = 512


def read_checkpoint(path: Path, device: str = "cpu") -> dict[str, Any]:
    """Return a checkpoint: ``model`` (parameters), ``config`` (what rebuilds it), ``step`` and perhaps ``optimizer``.

    The first checkpoints called the configuration ``cfg`` and had position tables of the model's own width.
    """
    saved: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
    config = saved.pop("cfg", None) or saved["config"]
    return saved | {"config": {"pd": config["d"]} | config}


def sinusoids(positions: int, width: int) -> Tensor:
    """Return a position table, (positions, width), in CTranslate2's layout: sines, then cosines."""
    steps = torch.arange(width // 2, dtype=torch.float64) * -(math.log(10000) / (width // 2 - 1))
    angles = torch.arange(positions, dtype=torch.float64)[:, None] * steps.exp()
    return torch.cat([angles.sin(), angles.cos()], 1).float()


class Dropout(nn.Module):
    """Dropout whose CPU masks are windows of one pool of random bits, since drawing bits costs more than products."""

    POOL = 1 << 24

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p
        self.pools: dict[torch.dtype, Tensor] = {}

    def forward(self, x: Tensor) -> Tensor:
        """Zero a share ``p`` of ``x`` while training."""
        if not self.training or self.p == 0:
            return x
        if x.is_cuda:
            return F.dropout(x, self.p)
        pool = self.pools.get(x.dtype)
        if pool is None or len(pool) <= x.numel():
            bits = torch.rand(max(self.POOL, 2 * x.numel())) >= self.p
            pool = self.pools[x.dtype] = bits.to(x.dtype) / (1 - self.p)
        start = int(torch.randint(0, len(pool) - x.numel(), (1,)))
        return x * pool[start : start + x.numel()].view(x.shape)


class Attention(nn.Module):
    """Multi-head attention of ``x`` (batch, time, width) over ``memory`` (batch, steps, width)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(width, width)
        self.kv = nn.Linear(width, 2 * width)
        self.o = nn.Linear(width, width)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor | None = None, causal: bool = False) -> Tensor:
        """``mask`` is True where attention may look, (batch, 1, 1, steps)."""
        batch, time, width = x.shape
        size = width // self.heads
        q = self.q(x).view(batch, time, self.heads, size).transpose(1, 2)
        k, v = self.kv(memory).view(batch, memory.shape[1], 2, self.heads, size).permute(2, 0, 3, 1, 4)
        if x.is_cuda:
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
        else:
            scores = (q * size**-0.5) @ k.transpose(-1, -2)
            if mask is not None:
                scores = scores + torch.zeros(mask.shape, dtype=scores.dtype).masked_fill_(~mask, -1e4)
            if causal:
                scores = scores + torch.full((time, time), -1e4, dtype=scores.dtype).triu_(1)
            y = scores.softmax(-1) @ v
        return self.o(y.transpose(1, 2).reshape(batch, time, width))


class Layer(nn.Module):
    """An encoder layer, or a decoder layer when ``decoder`` adds attention to the encoder's output."""

    def __init__(self, width: int, inner: int, heads: int, dropout: float, decoder: bool) -> None:
        super().__init__()
        self.n1, self.a = nn.LayerNorm(width), Attention(width, heads)
        if decoder:
            self.n2, self.c = nn.LayerNorm(width), Attention(width, heads)
        self.n3, self.w1, self.w2 = nn.LayerNorm(width), nn.Linear(width, inner), nn.Linear(inner, width)
        self.drop = Dropout(dropout)
        self.decoder = decoder

    def forward(self, x: Tensor, mask: Tensor, memory: Tensor | None = None) -> Tensor:
        """Return ``x`` after one layer; ``mask`` belongs to the encoder's side."""
        y = self.n1(x)
        if memory is None:
            x = x + self.drop(self.a(y, y, mask))
        else:
            x = x + self.drop(self.a(y, y, causal=True))
            x = x + self.drop(self.c(self.n2(x), memory, mask))
        return x + self.drop(self.w2(self.drop(F.relu(self.w1(self.n3(x))))))


class Transformer(nn.Module):
    """The whole model. ``config`` holds what rebuilds it.

    V pieces, width d, inner width f, h heads, ne encoder and nd decoder layers; pd is the width of the position
    table, repeated to fill d, so that a widened model reads positions exactly as the small one did.
    """

    def __init__(self, *, V: int, d: int, f: int, h: int, ne: int, nd: int, pd: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.config = {"V": V, "d": d, "f": f, "h": h, "ne": ne, "nd": nd, "pd": pd}
        self.emb = nn.Embedding(V, d, padding_idx=PAD)
        self.register_buffer("positions", sinusoids(MAX_POSITIONS, pd).repeat(1, d // pd), persistent=False)
        self.drop = Dropout(dropout)
        self.enc = nn.ModuleList(Layer(d, f, h, dropout, decoder=False) for _ in range(ne))
        self.en = nn.LayerNorm(d)
        self.dec = nn.ModuleList(Layer(d, f, h, dropout, decoder=True) for _ in range(nd))
        self.dn = nn.LayerNorm(d)
        self.bias = nn.Parameter(torch.zeros(V))
        nn.init.normal_(self.emb.weight, std=d**-0.5)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def embed(self, ids: Tensor) -> Tensor:
        """Return (batch, time, width) for ids (batch, time)."""
        positions: Tensor = self.positions  # type: ignore[assignment]
        return self.drop(self.emb(ids) * math.sqrt(self.config["d"]) + positions[: ids.shape[1]])

    def hidden(self, source: Tensor, target: Tensor) -> Tensor:
        """Return the decoder's last states, (batch, time, width); ``target`` begins with BOS and the tag."""
        mask = (source != PAD)[:, None, None, :]
        x = self.embed(source)
        for layer in self.enc:
            x = layer(x, mask)
        memory, y = self.en(x), self.embed(target)
        for layer in self.dec:
            y = layer(y, mask, memory)
        return self.dn(y)

    def loss(self, source: Tensor, target: Tensor, wanted: Tensor, smoothing: float) -> Tensor:
        """Return the mean label-smoothed cross-entropy over the positions of ``wanted`` that are not PAD."""
        h = self.hidden(source, target).flatten(0, 1)
        if h.is_cuda:
            logits = F.linear(h, self.emb.weight, self.bias).float()
            return F.cross_entropy(logits, wanted.flatten(), ignore_index=PAD, label_smoothing=smoothing)
        return TiedSoftmaxLoss.apply(h, self.emb.weight, self.bias, wanted.flatten(), smoothing)


class TiedSoftmaxLoss(torch.autograd.Function):
    """Label-smoothed cross-entropy of ``h @ E.T + b``, some hundred positions at a time, in autocast's type.

    Gradients are computed on the way forward, so that no (positions, vocabulary) table outlives its chunk.
    """

    CHUNK = 512

    @staticmethod
    def forward(ctx: Any, h: Tensor, E: Tensor, b: Tensor, wanted: Tensor, smoothing: float) -> Tensor:  # noqa: PLR0917 - autograd passes by position
        """``h`` (n, width), ``E`` (V, width), ``b`` (V,), ``wanted`` (n,) with PAD where there is nothing to say."""
        size = E.shape[0]
        dtype = torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else h.dtype
        Eb, hb, bb = E.to(dtype), h.to(dtype), b.to(dtype)
        keep = wanted != PAD
        count = keep.sum()
        grad_h, grad_E, grad_b = torch.empty_like(hb), torch.zeros(E.shape), torch.zeros(size)
        loss = torch.zeros(())
        for i in range(0, len(h), TiedSoftmaxLoss.CHUNK):
            part, gold = hb[i : i + TiedSoftmaxLoss.CHUNK], wanted[i : i + TiedSoftmaxLoss.CHUNK]
            weight = keep[i : i + TiedSoftmaxLoss.CHUNK]
            x = torch.addmm(bb, part, Eb.t())
            x_gold, x_mean = x.gather(1, gold[:, None]).squeeze(1).float(), x.mean(1, dtype=torch.float32)
            top = x.amax(1, keepdim=True)
            e = x.sub_(top).exp_()
            z = e.sum(1, keepdim=True, dtype=torch.float32)
            log_z = z.log().squeeze(1) + top.squeeze(1).float()
            loss += ((log_z - (1 - smoothing) * x_gold - smoothing * x_mean) * weight).sum()
            g = e.div_(z.to(dtype)).sub_(smoothing / size)
            g.scatter_add_(1, gold[:, None], torch.full((len(gold), 1), smoothing - 1, dtype=g.dtype))
            g.mul_((weight / count).to(dtype)[:, None])
            grad_h[i : i + TiedSoftmaxLoss.CHUNK] = g @ Eb
            grad_E += g.t() @ part
            grad_b += g.sum(0, dtype=torch.float32)
        ctx.save_for_backward(grad_h, grad_E, grad_b)
        ctx.dtype = h.dtype
        return loss / count

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        """Scale the gradients that ``forward`` left."""
        grad_h, grad_E, grad_b = ctx.saved_tensors
        return (grad_h * grads[0]).to(ctx.dtype), grad_E * grads[0], grad_b * grads[0], None, None
