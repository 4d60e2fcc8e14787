# NT-Xent of lightly on fixed projections, with its gradient by the projections. Prints test/reference/ntXent.json.
# Made with lightly and torch in the versions that the JSON names. Run: python test/reference/ntXent.py > test/reference/ntXent.json
import json
from importlib.metadata import version

import torch
from lightly.loss import NTXentLoss

cases = []
for seed, (n, d, temperature) in enumerate([(2, 3, 0.5), (4, 8, 0.1), (8, 16, 0.07), (8, 16, 1.0)]):
    torch.manual_seed(seed)
    first = torch.randn(n, d, requires_grad=True)
    second = torch.randn(n, d, requires_grad=True)
    loss = NTXentLoss(temperature=temperature)(first, second)
    loss.backward()
    cases.append({"n": n, "d": d, "temperature": temperature, "z": torch.cat([first, second]).flatten().tolist(),
                  "loss": loss.item(), "gradient": torch.cat([first.grad, second.grad]).flatten().tolist()})
print(json.dumps({"versions": {name: version(name) for name in ("lightly", "torch")}, "cases": cases}))
