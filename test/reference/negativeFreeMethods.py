# First losses and gradients of SimSiam, BYOL, MoCo v3 and of their relatives in torch, on weights and views that both languages make by hashed.py: heads on flattened images.
# SimSiam: facebookresearch/simsiam, builder.py and main_simsiam.py. BYOL: google-deepmind/deepmind-research, byol/byol_experiment.py; its relatives with negatives: the paper's sec. 5.
# MoCo v3: facebookresearch/moco-v3, moco/builder.py. Clusters: facebookresearch/swav, main_swav.py.
# Made with the versions that the JSON names. Run: python test/reference/negativeFreeMethods.py > test/reference/negativeFreeMethods.json
import json
import math
from importlib.metadata import version

import torch
import torch.nn.functional as F

from hashed import hashed, rounded

n, width, prototypes = 6, 12, 5
views = [torch.tensor(hashed(name, (n, width))) for name in ("first", "second")]


class Weights(dict):
    """Makes each weight when it is first asked for; those of a BatchNorm's scale are near 1."""

    def __init__(self, prefix="", trained=True):
        super().__init__()
        self.prefix, self.trained = prefix, trained

    def of(self, name, shape):
        if name not in self:
            values = hashed(self.prefix + name, shape, 0.5) + (1 if ".bn" in name and name.endswith("weight") else 0)
            self[name] = torch.tensor(values).requires_grad_(self.trained)
        return self[name]


def head(weights, name, x, widths, between=True, last="bias"):
    layers = len(widths) - 1
    for i in range(1, layers + 1):
        end = i == layers
        normalized = between if not end else last in ("batchNorm", "plainBatchNorm")
        biased = not normalized and (not end or last == "bias")
        x = F.linear(x, weights.of(f"{name}.linear{i}.weight", (widths[i], widths[i - 1])), weights.of(f"{name}.linear{i}.bias", (widths[i],)) if biased else None)
        if normalized:
            affine = not end or last == "batchNorm"
            x = F.batch_norm(x, None, None, weights.of(f"{name}.bn{i}.weight", (widths[i],)) if affine else None, weights.of(f"{name}.bn{i}.bias", (widths[i],)) if affine else None, training=True)
        if not end:
            x = F.relu(x)
    return x


def cosine(p, z):
    return F.cosine_similarity(p, z, dim=1).mean()


def simsiam(p1, p2, z1, z2):
    return -(cosine(p1, z2) + cosine(p2, z1)) * 0.5


def regression(x, y):
    return ((F.normalize(x, dim=1) - F.normalize(y, dim=1)) ** 2).sum(1)


def byol(p1, p2, z1, z2):
    return (regression(p1, z2) + regression(p2, z1)).mean()


def moco_v3(temperature):
    def ctr(q, k):
        logits = F.normalize(q, dim=1) @ F.normalize(k, dim=1).T / temperature
        return F.cross_entropy(logits, torch.arange(n)) * (2 * temperature)

    return lambda p1, p2, z1, z2: ctr(p1, z2) + ctr(p2, z1)


def info_nce(temperature):
    """BYOL's sec. 5 with beta = 1, a double loop: same-view negatives leave the image itself out."""

    def loss(p1, p2, z1, z2):
        def similarity(a, b):
            return F.cosine_similarity(a[None], b[None])[0] / temperature

        total = 0
        for anchors, same, other in ((p1, z1, z2), (p2, z2, z1)):
            for i in range(n):
                negatives = [similarity(anchors[i], same[j]) for j in range(n) if j != i] + [similarity(anchors[i], other[j]) for j in range(n)]
                total = total + torch.logsumexp(torch.stack(negatives), 0) - similarity(anchors[i], other[i])
        return total / (2 * n)

    return loss


def swav(weights, temperature=0.1, epsilon=0.05, iterations=3):
    c = F.normalize(hashed_prototypes(), dim=1).requires_grad_()
    weights["prototypes.weight"] = c

    @torch.no_grad()
    def codes(scores):
        if iterations == 0:
            return torch.softmax(scores / epsilon, 1)
        q = torch.exp(scores / epsilon).t()
        q /= q.sum()
        for _ in range(iterations):
            q /= q.sum(1, keepdim=True)
            q /= prototypes
            q /= q.sum(0, keepdim=True)
            q /= n
        return (q * n).t()

    def loss(p1, p2, z1, z2):
        def scores(z):
            return F.normalize(z, dim=1) @ c.T

        def swapped(q, p):
            return -(q * F.log_softmax(p / temperature, 1)).sum(1).mean()

        return (swapped(codes(scores(z1)), scores(p2)) + swapped(codes(scores(z2)), scores(p1))) / 2

    return loss


def hashed_prototypes():
    return torch.tensor(hashed("prototypes.weight", (prototypes, 4), 0.5))


def case(loss_of, projector=((6, 6, 4), {"last": "plainBatchNorm"}), predictor=((3,), {}), stop=True, teacher=False):
    weights, targets = Weights(), Weights("teacher.", trained=False)
    widths, settings = projector
    z = [head(weights, "projector", x, (width, *widths), **settings) for x in views]
    p = z
    if predictor:
        hidden, own = predictor
        p = [head(weights, "predictor", x, (widths[-1], *hidden, widths[-1]), **own) for x in z]
    t = [head(targets, "projector", x, (width, *widths), **settings) for x in views] if teacher else [x.detach() for x in z] if stop else z
    loss = loss_of(weights)(*p, *t)
    loss.backward()
    result = {"loss": loss.item(), "gradients": {name: rounded(w.grad.numpy()) for name, w in sorted(weights.items())}}
    if teacher:
        student = [w for name, w in weights.items() if name.startswith("projector")]
        result["distance"] = math.sqrt(sum(((w - targets[name]) ** 2).sum().item() for name, w in weights.items() if name.startswith("projector")) / sum((w ** 2).sum().item() for w in student))
    return result


plain, bare = {"last": "plainBatchNorm"}, {"last": "nothing"}
cases = {
    "simsiam": case(lambda _: simsiam),
    "withoutStopGradient": case(lambda _: simsiam, stop=False),
    "withoutPredictor": case(lambda _: simsiam, predictor=None),
    "withoutBatchNorm": case(lambda _: simsiam, ((6, 6, 4), {"between": False}), ((3,), {"between": False})),
    "allBatchNorm": case(lambda _: simsiam, ((6, 6, 4), {"last": "batchNorm"}), ((3,), {"last": "batchNorm"})),
    "byol": case(lambda _: byol, ((6, 4), bare), ((8,), bare), teacher=True),
    "byolWithNegatives": case(lambda _: info_nce(0.3), ((6, 4), bare), ((8,), bare), teacher=True),
    "negatives": case(lambda _: info_nce(0.5), predictor=None, stop=False),
    "negativesWithPredictor": case(lambda _: info_nce(0.5), stop=False),
    "negativesWithPredictorAndStopGradient": case(lambda _: info_nce(0.5)),
    "mocoV3": case(lambda _: moco_v3(1), ((6, 4), plain), ((6,), bare), teacher=True),
    "mocoV3Vit": case(lambda _: moco_v3(0.2), ((6, 6, 4), plain), ((6,), plain), teacher=True),
    "clusters": case(lambda weights: swav(weights), predictor=None),
    "clustersWithPredictor": case(lambda weights: swav(weights)),
    "clustersWithoutSinkhorn": case(lambda weights: swav(weights, iterations=0), predictor=None),
}
a, b = torch.tensor(hashed("a", (7, 5))), torch.tensor(hashed("b", (7, 5)))
print(json.dumps({"versions": {name: version(name) for name in ("torch", "numpy")}, "negativeCosine": -cosine(a, b).item(), "cases": cases}))
