# The losses on similarities, and alignment with uniformity, in torch: values and gradients by the projections. Prints test/reference/contrastiveLosses.json.
# decoupled: lightly's DCLLoss and DCLWLoss. debiased, hardNegativeWeighted, alignmentUniformity: the formulas of the authors' code (chingyaoc/DCL, joshr17/HCL, SsnL/align_uniform).
# The others: the equations of the papers, whose authors published no code of them. Made with lightly and torch in the versions that the JSON names.
# Run: python test/reference/contrastiveLosses.py > test/reference/contrastiveLosses.json
import json
from importlib.metadata import version

import torch
import torch.nn.functional as F
from hashed import hashed, rounded
from lightly.loss.dcl_loss import DCLLoss, DCLWLoss

n, d = 8, 6


def projections():
    """[2n, d]: the second view is the first one, moved; from image to image by more."""
    first = torch.from_numpy(hashed("contrastive first", (n, d))).double()
    moved = torch.from_numpy(hashed("contrastive second", (n, d))).double()
    return torch.cat([first, first + torch.linspace(0.2, 2, n).double()[:, None] * moved]).requires_grad_()


def similarities(z):
    u = F.normalize(z)
    cosine = u @ u.T
    anchor = torch.arange(2 * n)
    partner = (anchor + n) % (2 * n)
    other = (anchor[:, None] != anchor[None]) & (partner[:, None] != anchor[None])
    return cosine[anchor, partner], cosine[other].view(2 * n, 2 * n - 2)


def picked(positive, negatives, temperature):
    logits = torch.cat([positive[:, None], negatives], 1) / temperature
    return F.cross_entropy(logits, torch.zeros(len(logits), dtype=torch.long))


def contrastive(z, temperature):
    return picked(*similarities(z), temperature)


def simple(z, weight):
    positive, negatives = similarities(z)
    return (-positive + weight * negatives.sum(1)).mean()


def hardest(negatives, k):
    return negatives.topk(k, dim=1).values


def hard_contrastive(z, temperature, nearest):
    positive, negatives = similarities(z)
    return picked(positive, hardest(negatives, nearest), temperature)


def hard_simple(z, nearest, weight=None):
    positive, negatives = similarities(z)
    return (-positive + (1 / nearest if weight is None else weight) * hardest(negatives, nearest).sum(1)).mean()


def margin_triplet(z, margin, semiHard=False):
    positive, negatives = similarities(z)
    total = 0
    for p, row in zip(positive, negatives):
        if semiHard:
            row = row[(row < p) & (row > p - margin)]
        if len(row):
            total = total + F.relu(row - p + margin).mean()
    return total / len(positive)


def nt_logistic(z, temperature, semiHard=False):
    positive, negatives = similarities(z)
    total = 0
    for p, row in zip(positive, negatives):
        total = total - torch.log(torch.sigmoid(p / temperature))
        if semiHard:
            row = row[row < p]
            row = row[row == row.max()] if len(row) else row
        if len(row):
            total = total - torch.log(torch.sigmoid(-row / temperature)).mean()
    return total / len(positive)


def decoupled(z, temperature, weightWidth=None):
    loss = DCLLoss(temperature) if weightWidth is None else DCLWLoss(temperature, weightWidth)
    return loss(z[:n], z[n:])


def debiased(z, temperature, classShare, concentration=0.0):
    positive, negatives = similarities(z)
    m = negatives.shape[1]
    pos, neg = (positive / temperature).exp(), (negatives / temperature).exp()
    importance = (concentration * neg.log()).exp()
    sampled = (importance * neg).sum(-1) / importance.mean(-1)
    estimate = (-classShare * m * pos + sampled) / (1 - classShare)
    least = m * torch.tensor(-1 / temperature).exp().item()
    if classShare > 0.2:
        assert 0 < (estimate < least).sum() < len(estimate), "this case is there for the bound: some must meet it"
    return -(pos / (pos + estimate.clamp(min=least))).log().mean()


def alignment_uniformity(z, alignmentWeight, uniformityWeight, alpha, t):
    x, y = F.normalize(z[:n]), F.normalize(z[n:])
    align = (x - y).norm(p=2, dim=1).pow(alpha).mean()
    uniform = [torch.pdist(view, p=2).pow(2).mul(-t).exp().mean().log() for view in (x, y)]
    return alignmentWeight * align + uniformityWeight * sum(uniform) / 2


def cases():
    for name, loss, options in [
        *(("contrastive", contrastive, {"temperature": t}) for t in (0.07, 0.3, 1.0)),
        ("simple", simple, {"weight": 0.05}),
        *(("hardContrastive", hard_contrastive, {"temperature": t, "nearest": k}) for t, k in ((0.07, 1), (0.3, 4), (1.0, 14))),
        ("hardSimple", hard_simple, {"nearest": 3}),
        ("hardSimple", hard_simple, {"nearest": 5, "weight": 0.1}),
        *(("marginTriplet", margin_triplet, {"margin": m, "semiHard": s}) for m in (0.4, 1.0) for s in (False, True)),
        *(("ntLogistic", nt_logistic, {"temperature": t, "semiHard": s}) for t in (0.1, 0.5) for s in (False, True)),
        ("decoupled", decoupled, {"temperature": 0.1}),
        ("decoupled", decoupled, {"temperature": 0.3, "weightWidth": 0.5}),
        *(("debiased", debiased, {"temperature": t, "classShare": c}) for t, c in ((0.1, 0.02), (0.5, 0.1), (0.5, 0.3))),
        *(("hardNegativeWeighted", debiased, {"temperature": t, "classShare": c, "concentration": b}) for t, c, b in ((0.1, 0.02, 0.5), (0.5, 0.1, 1.0), (0.5, 0.1, 2.0))),
        *(("alignmentUniformity", alignment_uniformity, dict(zip(("alignmentWeight", "uniformityWeight", "alpha", "t"), w))) for w in ((1, 1, 2, 2), (3, 1, 2, 3), (1, 0.5, 1, 1))),
    ]:
        z = projections()
        value = loss(z, **options)
        value.backward()
        yield {"loss": name, "options": options, "value": value.item(), "gradient": rounded(z.grad.numpy())}


print(json.dumps({"versions": {name: version(name) for name in ("lightly", "torch")}, "n": n, "d": d, "cases": list(cases())}))
