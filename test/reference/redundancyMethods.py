# Barlow Twins and VICReg in torch: their losses on two views' projections with the gradients by both, and first loss and gradients behind a projector of two layers.
# The formulas of the authors' code (facebookresearch/barlowtwins, main.py; facebookresearch/vicreg, main_vicreg.py), on one device.
# Made with the versions that the JSON names. Run: python test/reference/redundancyMethods.py > test/reference/redundancyMethods.json
import json
from importlib.metadata import version

import torch
import torch.nn.functional as F

from hashed import hashed, rounded

n, width, hidden, d = 8, 12, 7, 5


def tensor(name, shape, scale=1.0):
    return torch.from_numpy(hashed(name, shape, scale)).double()


def off_diagonal(x):
    return x[~torch.eye(len(x), dtype=torch.bool)]


def barlow(a, b, redundancy=0.0051):
    a, b = (F.batch_norm(z, None, None, training=True) for z in (a, b))
    c = a.T @ b / len(a)
    return (c.diagonal() - 1).pow(2).sum() + redundancy * off_diagonal(c).pow(2).sum()


def vicreg(a, b, invariance=25.0, variance=25.0, covariance=1.0):
    apart = F.mse_loss(a, b)
    narrow = sum(F.relu(1 - torch.sqrt(z.var(dim=0) + 0.0001)).mean() / 2 for z in (a, b))
    shared = sum(off_diagonal(torch.cov(z.T)).pow(2).sum() / z.shape[1] for z in (a, b))
    return invariance * apart + variance * narrow + covariance * shared


def on_views(loss, **options):
    a = tensor("redundancy first", (n, d)).requires_grad_()
    b = tensor("redundancy second", (n, d), 1.5).requires_grad_()
    value = loss(a, b, **options)
    value.backward()
    return {"loss": loss.__name__, "options": options, "value": value.item(), "first": rounded(a.grad.numpy()), "second": rounded(b.grad.numpy())}


def first_step(loss):
    first = tensor("weight1", (hidden, width), 0.5).requires_grad_()
    last = tensor("weight2", (d, hidden), 0.5).requires_grad_()
    scale = (1 + tensor("scale", (hidden,), 0.3)).requires_grad_()

    def projector(x):   # each view on its own
        return F.linear(F.relu(F.batch_norm(F.linear(x, first), None, None, scale, torch.zeros(hidden).double(), training=True)), last)

    value = loss(*(projector(tensor(name, (n, width))) for name in ("first", "second")))
    value.backward()
    return {"loss": value.item(), "linear1": rounded(first.grad.numpy()), "scale": rounded(scale.grad.numpy()), "linear2": rounded(last.grad.numpy())}


print(json.dumps({"versions": {name: version(name) for name in ("torch", "numpy")}, "n": n, "d": d,
                  "cases": [on_views(barlow), on_views(barlow, redundancy=0.3), on_views(vicreg), on_views(vicreg, invariance=2.0, variance=3.0, covariance=4.0)],
                  "barlowTwins": first_step(barlow), "vicreg": first_step(vicreg)}))
