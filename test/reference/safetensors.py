# A file of Python's safetensors as hex, and the values in it; for test/training. safetensors 0.8.0, torch 2.14.1.
# Run: python test/reference/safetensors.py

import json
import pathlib
import sys

sys.path.pop(0)   # this folder, whose files carry the library's name
import torch
from safetensors.torch import load, save

tensors = {
    'backbone.conv1.weight': torch.arange(6, dtype=torch.float32).reshape(2, 3) / 3,
    'backbone.bn1.num_batches_tracked': torch.tensor(7),
    'scalar': torch.tensor(-1.5),
    'empty': torch.zeros(0, 4),
    'steps': torch.tensor([1, -2], dtype=torch.int32),
    'mask': torch.tensor([0, 1, 255], dtype=torch.uint8),
}
own = save(tensors, {'step': '12'})
sixteen = save({'half': torch.tensor([1.5, -2.0, 65504.0, 6.1e-5, 5.96e-8, float('inf')]).half(), 'brain': torch.tensor([1.5, -3.0, 1e30]).bfloat16(), 'flags': torch.tensor([True, False])})
other = save({'small': torch.zeros(2, dtype=torch.float8_e5m2)})
out = {'file': own.hex(), 'sixteen': sixteen.hex(), 'half': load(sixteen)['half'].float().tolist()[:-1], 'brain': load(sixteen)['brain'].float().tolist(), 'other': other.hex()}
pathlib.Path(__file__).with_suffix('.json').write_text(json.dumps(out) + '\n')
