# Tokens and embeddings of timm's Vision Transformers with registers, LayerScale, kept and masked patches, and positions of another grid, in float64 with hashed weights; and
# SHA-256 of the files that Python's safetensors writes of some, loaded strictly into a second model. For test/backbones, test/layers and test/evaluation.
# Made with the versions that the JSON names. Run: python test/reference/vitOptions.py > test/reference/vitOptions.json

import hashlib
import json
import sys
from importlib.metadata import version

from hashed import hashed, rounded
from vitWeights import fill, weight

sys.path.pop(0)   # this folder: timm would take its safetensors.py for the library
import torch
from safetensors.torch import load, save
from timm.layers import resample_abs_pos_embed
from timm.models.vision_transformer import VisionTransformer, checkpoint_filter_fn

nano = dict(embed_dim=128, depth=4, num_heads=2, patch_size=4, img_size=16)
tiny = dict(embed_dim=192, depth=12, num_heads=3, patch_size=16, img_size=32)
small = dict(embed_dim=384, depth=12, num_heads=6, patch_size=14, img_size=28, reg_tokens=4, no_embed_class=True, init_values=1e-5)


def transformer(**options):
    model = VisionTransformer(num_classes=0, **options).double()
    fill(model)
    return model


def some(values, n=24):
    """At most n values, evenly spaced over the flattened tensor."""
    return rounded(values.detach().flatten()[::-(-values.numel() // n)])


def images(side, n=2):
    return torch.from_numpy(hashed('images', (n, side, side, 3))).double().permute(0, 3, 1, 2)


def through(model, x):
    """All tokens after each block."""
    layers = []
    for block in model.blocks:
        layers.append(x := block(x))
    return layers


def outputs(model, layers):
    """As forward_head pools them; tokens with the norm behind the pool where there is none before it."""
    normed = model.fc_norm(model.norm(layers[-1]))
    extra = model.num_prefix_tokens
    return {
        'embedding': rounded(model.forward_head(model.norm(layers[-1])).detach()), 'patches': some(normed[:, extra:], 96),
        **({'prefix': some(normed[:, :extra], 96)} if extra else {}), 'layers': [some(x) for x in layers],
    }


cases = {}
for name, timm, ours in [
    ('Ti/16', tiny, {'size': 'tiny'}),
    ('S/14, registers and LayerScale', small, {'size': 'small', 'registers': 4, 'layerScale': 1e-5}),
    ('S/14, registers and LayerScale, mean of the patches', {**small, 'global_pool': 'avg'}, {'size': 'small', 'registers': 4, 'layerScale': 1e-5, 'pool': 'mean', 'classToken': True}),
    ('registers without class token', {**nano, 'global_pool': 'avg', 'class_token': False, 'reg_tokens': 2, 'no_embed_class': True}, {'size': 'nano', 'registers': 2, 'pool': 'mean'}),
    ('mean of the patches beside a class token', {**nano, 'global_pool': 'avg'}, {'size': 'nano', 'pool': 'mean', 'classToken': True}),
]:
    model = transformer(**timm)
    x = images(timm['img_size'])
    result = outputs(model, through(model, model._pos_embed(model.patch_embed(x))))
    assert torch.allclose(model(x), torch.tensor(result['embedding']).reshape(2, -1).double(), atol=1e-6)
    cases[name] = {
        'options': {**ours, 'patch': timm['patch_size'], 'image': timm['img_size']},
        'parameters': sum(p.numel() for p in model.parameters()), 'names': hashlib.sha256('\n'.join(sorted(model.state_dict())).encode()).hexdigest(), **result,
    }

places = [[0, 3, 5, 9, 14], [1, 2, 3, 8, 15], [4, 6, 7, 10, 11]]
kept = {}
for name, options in [('token', {}), ('mean', {'class_token': False, 'global_pool': 'avg'}), ('registers', {'reg_tokens': 2, 'no_embed_class': True})]:
    model = transformer(**nano, **options)
    x = model._pos_embed(model.patch_embed(images(16, 3)))
    extra = model.num_prefix_tokens
    few = torch.stack([torch.cat([tokens[:extra], tokens[extra:][rows]]) for tokens, rows in zip(x, places)])
    kept[name] = outputs(model, through(model, few))

model = transformer(**nano)
masked = torch.from_numpy(hashed('masked', (3, 16)) > 0)
token = torch.from_numpy(hashed('mask_token', (1, 1, 128))).double()
hidden = torch.where(masked[:, :, None], token, model.patch_embed(images(16, 3)))
masking = {'masked': masked.int().flatten().tolist(), **outputs(model, through(model, model._pos_embed(hidden)))}

table = torch.from_numpy(hashed('positions', (1, 17, 8)))
positions = {str(side): rounded(resample_abs_pos_embed(table, [side, side], num_prefix_tokens=1)[0, 1:]) for side in (2, 3, 7)}

files = {}
for name, options in [('class token', {}), ('registers, LayerScale, mean', {'global_pool': 'avg', 'class_token': False, 'reg_tokens': 2, 'no_embed_class': True, 'init_values': 1e-5})]:
    model = transformer(**nano, **options).float()
    file = save(model.state_dict(), {'format': 'pt'})
    again = VisionTransformer(num_classes=0, **nano, **options)
    again.load_state_dict(load(file), strict=True)
    files[name] = {'bytes': len(file), 'sha256': hashlib.sha256(file).hexdigest(), 'embedding': rounded(again(images(16).float()).detach())}

# A checkpoint as DINOv2 writes those with registers: the class token has a position, the registers have none. Made for 3 × 3 patches, read for 4 × 4.
model = VisionTransformer(num_classes=0, **nano, reg_tokens=4, no_embed_class=True, init_values=1e-5)
shapes = {n: tuple(p.shape) for n, p in model.state_dict().items() if n != 'reg_token'} | {'pos_embed': (1, 10, 128), 'register_tokens': (1, 4, 128), 'mask_token': (1, 128)}
model.load_state_dict(checkpoint_filter_fn({n: weight(n, shape).float() for n, shape in shapes.items()}, model), strict=True)
dinov2 = {'shapes': shapes, 'embedding': rounded(model.double()(images(16)).detach())}

# One of timm's with a class token, for 3 × 3 patches, read for 4 × 4.
model = VisionTransformer(num_classes=0, **nano)
shapes = {n: tuple(p.shape) for n, p in model.state_dict().items()} | {'pos_embed': (1, 10, 128)}
model.load_state_dict(checkpoint_filter_fn({n: weight(n, shape).float() for n, shape in shapes.items()}, model), strict=True)
smaller = {'embedding': rounded(model.double()(images(16)).detach())}

print(json.dumps({
    'versions': {name: version(name) for name in ('torch', 'timm', 'safetensors', 'numpy')}, 'cases': cases, 'places': places, 'kept': kept, 'masking': masking, 'positions': positions,
    'files': files, 'dinov2': dinov2, 'smaller': smaller,
}))
