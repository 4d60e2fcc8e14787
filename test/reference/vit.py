# Embeddings, gradients and the last block's attention of timm's Vision Transformers with hashed weights, in float64; for test/backbones.
# Made with the versions that the JSON names. Run: python test/reference/vit.py > test/reference/vit.json

import json
import sys
from importlib.metadata import version

from hashed import hashed, rounded
from vitWeights import fill

sys.path.pop(0)   # this folder: timm would take its safetensors.py for the library
import torch
from lightly.models.utils import get_2d_sine_cosine_positional_embedding
from timm.layers import set_fused_attn
from timm.models.vision_transformer import VisionTransformer
from timm.utils import AttentionExtract

set_fused_attn(False)   # attention weights are a tensor of its graph only then

cases = {}
for name, pool, positions in [('class token, learned positions', 'token', 'learned'), ('mean, learned positions', 'mean', 'learned'), ('class token, fixed positions', 'token', 'sinCos')]:
    model = VisionTransformer(img_size=16, patch_size=4, embed_dim=128, depth=4, num_heads=2, num_classes=0, class_token=pool == 'token', global_pool='token' if pool == 'token' else 'avg').double()
    fill(model)
    if positions == 'sinCos':
        model.pos_embed.requires_grad_(False).copy_(torch.from_numpy(get_2d_sine_cosine_positional_embedding(128, 4, cls_token=True)))
    y = model(torch.from_numpy(hashed('images', (3, 16, 16, 3))).double().permute(0, 3, 1, 2))
    (y * torch.from_numpy(hashed('dy', (3, 128))).double()).sum().backward()
    attention = AttentionExtract(model, method='fx')(torch.from_numpy(hashed('images', (3, 16, 16, 3))).double().permute(0, 3, 1, 2))['blocks.3.attn.softmax']   # [3, heads, tokens, tokens]
    trained = {n: p.grad for n, p in model.named_parameters() if p.requires_grad}
    cases[name] = {
        'pool': pool, 'positions': positions, 'parameters': sum(g.numel() for g in trained.values()), 'embedding': rounded(y.detach()),
        **({'attention': rounded(attention[:, :, 0, 1:].detach())} if pool == 'token' else {}),   # of the class token on the patches
        # of each gradient its norm and at most 24 values, evenly spaced over the flattened tensor
        'gradients': {n: {'norm': g.norm().item(), 'values': rounded(g.flatten()[::-(-g.numel() // 24)])} for n, g in sorted(trained.items())},
    }
print(json.dumps({'versions': {name: version(name) for name in ('torch', 'timm', 'lightly', 'numpy')}, 'cases': cases}))
