# First losses and gradients of invariant and spreading features, of PIRL and of the supervised baseline in torch, on weights, views and a bank that both languages make by hashed.py.
# invariantSpread: the formula of mangye16/Unsupervised_Embedding_Learning, BatchAverage.py, where candidates have no gradient.
# pirl: the paper's probabilities with all other entries of the bank in place of drawn ones; heads, weights of both terms and the bank's update as in facebookresearch/vissl, losses/nce_loss.py
# and its configuration of PIRL. The transformed image has one color, so that tiles are alike wherever they are cut and in whatever order they come.
# Made with the versions that the JSON names. Run: python test/reference/instanceMethods.py > test/reference/instanceMethods.json
import json
from importlib.metadata import version

import torch
import torch.nn.functional as F

from hashed import hashed, rounded

n, d, width, size, temperature, classes = 6, 4, 12, 9, 0.2, 4


def tensor(name, shape, scale=1.0):
    return torch.from_numpy(hashed(name, shape, scale)).double()


def linear(name, inputs, outputs=d):
    return tensor(f"{name}weight", (outputs, inputs), 0.5).requires_grad_(), tensor(f"{name}bias", (outputs,), 0.5).requires_grad_()


def result(loss, **weights):
    gradients = torch.autograd.grad(loss, list(weights.values()))
    return {"loss": loss.item(), **{name: rounded(gradient.numpy()) for name, gradient in zip(weights, gradients)}}


first, second = (tensor(name, (n, width)) for name in ("first", "second"))

# invariant and spreading features
head = linear("", width)
z = F.normalize(F.linear(torch.cat([first, second]), *head))
similar = (z @ z.detach().T / temperature).exp()
terms = []
for i in range(2 * n):
    partner = (i + n) % (2 * n)
    total = similar[i].sum() - similar[i, i]
    others = [j for j in range(2 * n) if j not in (i, partner)]
    terms.append(-(similar[i, partner] / total).log() - (1 - similar[i, others] / total).log().sum())
spread = result(torch.stack(terms).mean(), gradient=head[0])

# PIRL
bank = F.normalize(tensor("bank", (size, d)))
index = torch.tensor([3, 0, 8, 5, 1, 7])
colors = tensor("colours", (n, 3))
tile = colors.repeat(1, width // 3)   # a tile of 2 x 2 pixels


def scores(z):
    s = (F.normalize(z) @ bank.T / temperature).exp()
    return s.gather(1, index[:, None])[:, 0], s[torch.arange(size) != index[:, None]].view(n, size - 1)


def nce(own, others):
    total = own[:, None] + others.sum(1, keepdim=True)
    return (-(own / total[:, 0]).log() - (1 - others / total).log().sum(1)).mean()


def pirl(tiles):
    view = linear("", width)
    each = linear("each ", width)
    joined = linear("joined ", tiles * d)
    g = F.linear(tile, *each)
    if tiles > 1:
        g = F.linear(g.repeat(1, tiles), *joined)
    of_view, of_transformed = scores(F.linear(first, *view)), scores(g)
    loss = 0.3 * nce(*of_transformed) + 0.7 * nce(*of_view)
    updated = bank.clone()
    updated[index] = F.normalize(bank[index] * 0.4 + F.normalize(F.linear(first, *view)).detach() * 0.6)
    return {**result(loss, view=view[0], each=each[0], **({"joined": joined[0]} if tiles > 1 else {})), "bank": rounded(updated.numpy())}


# the supervised baseline
classifier = linear("", width, classes)
supervised = F.cross_entropy(F.linear(first, *classifier), torch.tensor([3, 0, 1, 1, 2, 0]))

print(json.dumps({"versions": {name: version(name) for name in ("torch", "numpy")}, "invariantSpread": spread,
                  "jigsaw": pirl(9), "rotation": pirl(1), "supervised": result(supervised, gradient=classifier[0])}))
