# SHA-256 of the file that Python's safetensors writes of torchvision's ResNet-18 (CIFAR stem) with hashed weights, loaded strictly into a second model; for test/evaluation.
# torch 2.14.1, torchvision 0.29.1, safetensors 0.8.0. Run: python test/reference/exportBackbone.py

import hashlib
import json
import pathlib

import torch
import torchvision

from hashed import hashed


def resnet18():
    model = torchvision.models.resnet18(weights=None)
    model.conv1, model.maxpool, model.fc = torch.nn.Conv2d(3, 64, 3, padding=1, bias=False), torch.nn.Identity(), torch.nn.Identity()
    return model


model = resnet18()
with torch.no_grad():
    for name, tensor in model.state_dict().items():
        if not name.endswith('num_batches_tracked'):
            tensor.copy_(torch.from_numpy(hashed(name, tuple(tensor.shape))))

import sys

sys.path = [entry for entry in sys.path if pathlib.Path(entry or '.').resolve() != pathlib.Path(__file__).resolve().parent]   # this folder has a safetensors.py of its own
from safetensors.torch import load, save

file = save(model.state_dict(), {'format': 'pt'})
resnet18().load_state_dict(load(file), strict=True)
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps({'bytes': len(file), 'sha256': hashlib.sha256(file).hexdigest()}) + '\n')
