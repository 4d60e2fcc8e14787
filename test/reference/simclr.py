# SimCLR's first loss and its gradients in torch, on weights and views that both languages make by hashed.py: smallConv of width 16, projector 16-16-8.
# Made with the versions that the JSON names. Run: python test/reference/simclr.py > test/reference/simclr.json
import json
from importlib.metadata import version

import torch
import torch.nn.functional as F

from hashed import hashed, rounded

shapes = {
    "backbone.conv1.weight": (3, 3, 3, 4), "backbone.conv2.weight": (3, 3, 4, 8), "backbone.conv3.weight": (3, 3, 8, 16), "backbone.conv4.weight": (3, 3, 16, 16),
    "projector.linear1.weight": (16, 16), "projector.linear2.weight": (8, 16), "projector.linear2.bias": (8,),
}
params = {name: torch.tensor(hashed(name, shape, 0.3), requires_grad=True) for name, shape in shapes.items()}
views = [torch.tensor(hashed(name, (6, 16, 16, 3), 1.0)) for name in ("first", "second")]


def convolved(x, i, stride):
    y = F.conv2d(x, params[f"backbone.conv{i}.weight"].permute(3, 2, 0, 1), stride=stride, padding=1)
    return F.batch_norm(y, None, None, training=True, eps=1e-5)


x = torch.cat(views).permute(0, 3, 1, 2)
x = F.relu(convolved(x, 1, 2))
x = F.relu(convolved(x, 2, 2))
x = F.relu(convolved(x, 3, 2))
h = F.relu(x + convolved(x, 4, 1)).mean((2, 3))
z = F.linear(F.relu(F.batch_norm(F.linear(h, params["projector.linear1.weight"]), None, None, training=True, eps=1e-5)),
             params["projector.linear2.weight"], params["projector.linear2.bias"])
z = F.normalize(z)
logits = z @ z.T / 0.2
n = len(z) // 2
loss = F.cross_entropy(logits.masked_fill(torch.eye(2 * n, dtype=torch.bool), float("-inf")), (torch.arange(2 * n) + n) % (2 * n))
loss.backward()
print(json.dumps({"versions": {name: version(name) for name in ("torch", "numpy")}, "shapes": shapes, "loss": loss.item(),
                  "gradientNorms": {name: p.grad.norm().item() for name, p in params.items()},
                  "gradient": {name: rounded(params[name].grad[..., :2, :2].detach().numpy() if params[name].ndim > 1 else params[name].grad.numpy())
                               for name in ("backbone.conv1.weight", "projector.linear2.weight")}}))
