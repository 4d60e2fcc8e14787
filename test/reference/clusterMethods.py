# First losses and gradients of SwAV and DINO in torch, with what moves after the step, on weights, crops, queues and center that both languages make by hashed.py.
# The backbone is the mean over an image's positions, which takes crops of any size. After facebookresearch/swav (main_swav.py, src/resnet50.py) and facebookresearch/dino
# (main_dino.py, vision_transformer.py), on one device. Made with the versions that the JSON names. Run: python test/reference/clusterMethods.py > test/reference/clusterMethods.json
import json
from importlib.metadata import version

import torch
import torch.nn.functional as F

from hashed import hashed, rounded
from sinkhorn import sinkhorn

n, channels, hidden, d, k, size = 6, 12, 5, 4, 7, 12


def tensor(name, shape, scale=1.0):
    return torch.tensor(hashed(name, shape, scale))


def weight(name, shape, scale=0.5):
    return tensor(name, shape, scale).requires_grad_()


def crops(local):
    """Of each kind as one batch, then the mean over positions: [V·n, channels]."""
    large = torch.cat([tensor(name, (n, 4, 4, channels), 3) for name in ("first", "second")])
    small = [tensor(f"local{i}", (n, 2, 2, channels), 3) for i in range(local)]
    return torch.cat([large.mean((1, 2)), *([torch.cat(small).mean((1, 2))] if small else [])])


def swav(local, queues):
    w1, w2, b2, c = weight("linear1", (hidden, channels)), weight("linear2", (d, hidden)), weight("bias2", (d,)), F.normalize(tensor("prototypes", (k, d))).requires_grad_()
    h = F.batch_norm(F.linear(crops(local), w1), None, None, torch.ones(hidden), torch.zeros(hidden), training=True).relu()
    z = F.normalize(F.linear(h, w2, b2))
    scores = z @ c.T
    v, loss, codes = local + 2, 0, []
    for i in range(2):
        with torch.no_grad():
            own = scores[i * n:(i + 1) * n]
            q = sinkhorn(torch.cat((queues[i] @ c.T, own)) if queues else own, 0.05, 3)[-n:]
            codes.append(q)
        part = 0
        for j in range(v):
            if j != i:
                part = part - (q * torch.log(torch.softmax(scores[j * n:(j + 1) * n] / 0.1, 1))).sum(1).mean()
        loss = loss + part / (v - 1)
    loss = loss / 2
    gradients = torch.autograd.grad(loss, (w1, w2, b2, c))
    result = {"local": local, "queue": bool(queues), "loss": loss.item(), "codes": rounded(torch.cat(codes).numpy()),
              "gradients": dict(zip(("projector.linear1.weight", "projector.linear2.weight", "projector.linear2.bias", "prototypes.weight"), (rounded(g.numpy()) for g in gradients)))}
    if queues:
        result["queues"] = [rounded(torch.cat((z[i * n:(i + 1) * n], queues[i]))[:size].detach().numpy()) for i in range(2)]
    return result


def dino(local):
    names = ("linear1", "linear2", "linear3")
    shapes = ((hidden, channels), (hidden, hidden), (d, hidden))

    def network(owner):
        layers = [(weight(f"{owner}.{name}", shape), weight(f"{owner}.{name}.bias", shape[:1])) for name, shape in zip(names, shapes)]
        last = torch.nn.utils.weight_norm(torch.nn.Linear(d, k, bias=False))
        last.weight_v.data = tensor(f"{owner}.last", (k, d), 0.5)
        last.weight_g.data.fill_(1)

        def forward(x):
            for i, (w, b) in enumerate(layers):
                x = F.linear(x, w, b)
                x = F.gelu(x) if i < 2 else x
            return last(F.normalize(x))

        return forward, [*(tensor for pair in layers for tensor in pair), last.weight_v]

    student, parameters = network("student")
    teacher, _ = network("teacher")
    center = tensor("centre", (k,), 0.1)
    v = local + 2
    with torch.no_grad():
        logits = teacher(crops(0))
        taught = torch.softmax((logits - center) / 0.04, -1).chunk(2)
    seen = (student(crops(local)) / 0.1).chunk(v)
    loss, pairs, kl = 0, 0, 0
    for i, q in enumerate(taught):
        for j in range(v):
            if i != j:
                loss = loss + torch.sum(-q * F.log_softmax(seen[j], -1), -1).mean()
                kl = kl + F.kl_div(F.log_softmax(seen[j], -1), q, reduction="batchmean").item()
                pairs += 1
    loss = loss / pairs
    gradients = torch.autograd.grad(loss, parameters)
    labels = [f"projector.{name}.{kind}" for name in names for kind in ("weight", "bias")] + ["last_layer.weight_v"]
    return {"local": local, "pairs": pairs, "loss": loss.item(), "divergence": kl / pairs, "teacherEntropy": torch.distributions.Categorical(torch.cat(taught)).entropy().mean().item(),
            "teacher": rounded(torch.cat(taught).numpy()), "center": rounded((center * 0.9 + logits.mean(0) * 0.1).numpy()),
            "gradients": dict(zip(labels, (rounded(g.numpy()) for g in gradients)))}


queues = [F.normalize(tensor(f"queue{i}", (size, d))) for i in range(2)]
print(json.dumps({"versions": {name: version(name) for name in ("torch", "numpy")},
                  "swav": [swav(0, None), swav(3, None), swav(2, queues)],
                  "dino": [dino(0), dino(3)]}))
