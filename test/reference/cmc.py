# First losses and gradients of CMC in torch, on weights, images and banks that both languages make by hashed.py: negatives out of the batch, and out of two banks.
# The formulas of HobbitLong/CMC, NCE/NCEAverage.py with `use_softmax` and NCESoftmaxLoss: each view against the other view's bank, the positive being its own image's entry; all other entries are negatives where
# the authors draw some, and the mean of both directions stands for their sum. With the batch the candidates are the other view's projections of the batch.
# Made with the versions that the JSON names. Run: python test/reference/cmc.py > test/reference/cmc.json
import json
from importlib.metadata import version

import torch
import torch.nn.functional as F

from hashed import hashed, rounded

n, d, size, temperature, momentum = 6, 4, 9, 0.2, 0.4


def tensor(name, shape, scale=1.0):
    return torch.from_numpy(hashed(name, shape, scale)).double()


def head(side, inputs):
    return tensor(f"{side} weight", (d, inputs), 0.5).requires_grad_(), tensor(f"{side} bias", (d,), 0.5).requires_grad_()


images = tensor("images", (n, 2, 2, 3))
views = {"first": images[..., :1].reshape(n, 4), "second": images[..., 1:].reshape(n, 8)}
heads = {"first": head("first", 4), "second": head("second", 8)}
index = torch.tensor([3, 0, 8, 5, 1, 7])
banks = {side: F.normalize(tensor(f"{side} bank", (size, d)), dim=1) for side in ("first", "second")}


def projections():
    return {side: F.normalize(F.linear(views[side], *heads[side]), dim=1) for side in views}


def result(loss):
    weights = {f"{side}": heads[side][0] for side in heads}
    gradients = torch.autograd.grad(loss, list(weights.values()))
    return {"loss": loss.item(), **{name: rounded(g.numpy()) for name, g in zip(weights, gradients)}}


z = projections()
scores = z["first"] @ z["second"].T / temperature
target = torch.arange(n)
batch = result((F.cross_entropy(scores, target) + F.cross_entropy(scores.T, target)) / 2)

z = projections()
memory = result((F.cross_entropy(z["first"] @ banks["second"].T / temperature, index) + F.cross_entropy(z["second"] @ banks["first"].T / temperature, index)) / 2)
with torch.no_grad():
    z = projections()
    for side in banks:
        banks[side][index] = F.normalize(banks[side][index] * momentum + z[side] * (1 - momentum), dim=1)

print(json.dumps({"versions": {name: version(name) for name in ("torch", "numpy")}, "batch": batch, "memory": {**memory, "banks": {side: rounded(bank.numpy()) for side, bank in banks.items()}}}))
