# First losses and gradients of MoCo and of instance discrimination in torch, on weights, views, queue and bank that both languages make by hashed.py: a single linear encoder.
# MoCo: facebookresearch/moco, moco/builder.py, on one device, where shuffled groups of a linear encoder are the batch itself. Instance discrimination: lib/LinearAverage.py of zhirongw/lemniscate.pytorch.
# Made with the versions that the JSON names. Run: python test/reference/contrastiveMethods.py > test/reference/contrastiveMethods.json
import json
from importlib.metadata import version

import torch
import torch.nn.functional as F

from hashed import hashed, rounded

n, d, width, keys, size, temperature = 6, 4, 12, 12, 9, 0.2


def tensor(name, shape, scale=1.0):
    return torch.tensor(hashed(name, shape, scale))


weight = tensor("weight", (d, width), 0.5).requires_grad_()
bias = tensor("bias", (d,), 0.5).requires_grad_()
first, second = (tensor(name, (n, width)) for name in ("first", "second"))

# MoCo: the key encoder starts as a copy
queue = F.normalize(tensor("queue", (keys, d)))
q = F.normalize(F.linear(first, weight, bias))
with torch.no_grad():
    k = F.normalize(F.linear(second, weight, bias))
logits = torch.cat([(q * k).sum(1, keepdim=True), q @ queue.T], 1) / temperature
moco = F.cross_entropy(logits, torch.zeros(n, dtype=torch.long))
moco_gradient = torch.autograd.grad(moco, weight)[0]
moco_queue = torch.cat([k, queue])[:keys]

# instance discrimination: a view against the whole bank
bank = F.normalize(tensor("bank", (size, d)))
index = torch.tensor([3, 0, 8, 5, 1, 7])
v = F.normalize(F.linear(first, weight, bias))
instance = F.cross_entropy(v @ bank.T / temperature, index)
instance_gradient = torch.autograd.grad(instance, weight)[0]
updated = bank.clone()
updated[index] = F.normalize(bank[index] * 0.5 + v.detach() * 0.5)

print(json.dumps({"versions": {name: version(name) for name in ("torch", "numpy")},
                  "moco": {"loss": moco.item(), "gradient": rounded(moco_gradient.numpy()), "queue": rounded(moco_queue.numpy())},
                  "instanceDiscrimination": {"loss": instance.item(), "gradient": rounded(instance_gradient.numpy()), "bank": rounded(updated.numpy())}}))
