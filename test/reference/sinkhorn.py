# Codes of SwAV's Sinkhorn-Knopp in torch, on scores that both languages make by hashed.py. After facebookresearch/swav, main_swav.py, distributed_sinkhorn, on one device.
# Made with the versions that the JSON names. Run: python test/reference/sinkhorn.py > test/reference/sinkhorn.json
import json
from importlib.metadata import version

import torch

from hashed import hashed, rounded


def sinkhorn(scores, epsilon, iterations):
    """Q is [K, m] as in the paper: prototypes get 1/K of the whole each, images 1/m."""
    q = torch.exp(scores / epsilon).t()
    q = q / q.sum()
    k, m = q.shape
    for _ in range(iterations):
        q = q * (1 / k / q.sum(1)).unsqueeze(1)
        q = q * (1 / m / q.sum(0)).unsqueeze(0)
    return (q / q.sum(0, keepdim=True)).t()


if __name__ == "__main__":
    cases = []
    for m, k, epsilon, iterations in ((6, 4, 0.05, 3), (16, 5, 0.05, 1), (5, 9, 0.2, 3), (12, 3, 1.0, 10)):
        codes = sinkhorn(torch.tensor(hashed("scores", (m, k))), epsilon, iterations)
        cases.append({"m": m, "k": k, "epsilon": epsilon, "iterations": iterations, "codes": rounded(codes.numpy())})
    print(json.dumps({"versions": {name: version(name) for name in ("torch", "numpy")}, "cases": cases}))
