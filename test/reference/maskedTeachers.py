# First losses and gradients of iBOT, MSN and BEiT in torch, with what moves after the step, on weights, crops, masks, centers and prototypes that both languages make by hashed.py.
# Written from bytedance/ibot (main_ibot.py, models/head.py), facebookresearch/msn (src/losses.py, src/msn_train.py, src/deit.py) and microsoft/unilm (beit/engine_for_pretraining.py, beit/modeling_pretrain.py),
# on one device, in float64, with timm's transformer. Made with the versions that the JSON names. Run: python test/reference/maskedTeachers.py > test/reference/maskedTeachers.json

import json
import math
import sys
from importlib.metadata import version

from hashed import hashed, rounded
from vitWeights import weight

sys.path.pop(0)   # this folder: timm would take its safetensors.py for the library
import torch
import torch.nn.functional as F
from lightly.models.utils import get_2d_sine_cosine_positional_embedding
from timm.models.vision_transformer import VisionTransformer

n, side, patch, width, hidden, bottleneck, k, vocabulary = 6, 16, 4, 128, 32, 16, 24, 20
l = (side // patch) ** 2


class Network:
    """Parameters by the names that they have in lib, made when they are first asked for."""

    def __init__(self, owner):
        self.owner, self.made = owner, {}
        self.vit = VisionTransformer(img_size=side, patch_size=patch, embed_dim=width, depth=4, num_heads=2, num_classes=0, class_token=True, global_pool='token', pos_embed='none').double()
        with torch.no_grad():
            for name, parameter in self.vit.named_parameters():
                parameter.copy_(weight(f'{owner}.backbone.{name}', parameter.shape))
        self.made.update({f'backbone.{name}': parameter for name, parameter in self.vit.named_parameters()})

    def __call__(self, name, *shape):
        if name not in self.made:
            self.made[name] = weight(f'{self.owner}.{name}', shape).requires_grad_()
        return self.made[name]

    def tokens(self, images, masked=None, kept=None):
        """All tokens after the last norm, the class token first."""
        x = self.vit.patch_embed.proj(images).flatten(2).transpose(1, 2)
        if masked is not None:
            x = torch.where(masked.bool()[..., None], self('mask_token', 1, 1, width), x)
        x = x + torch.from_numpy(get_2d_sine_cosine_positional_embedding(width, math.isqrt(x.shape[1]), cls_token=False)).double()
        if kept is not None:
            x = torch.gather(x, 1, kept[..., None].expand(-1, -1, width))
        x = torch.cat([self.vit.cls_token.expand(len(x), -1, -1), x], 1)
        for block in self.vit.blocks:
            x = block(x)
        return self.vit.norm(x)

    def gradients(self, loss, names):
        """Of each its norm and at most 24 values, evenly spaced over the flattened tensor."""
        return {name: {'norm': g.norm().item(), 'values': rounded(g.flatten()[::-(-g.numel() // 24)])} for name, g in zip(names, torch.autograd.grad(loss, [self.made[name] for name in names]))}


def crop(name, size):
    return torch.from_numpy(hashed(name, (n, size, size, 3), 2)).double().permute(0, 3, 1, 2)


def noise(name, rows):
    return torch.from_numpy(hashed(name, (rows, l)))


images = [crop('first', side), crop('second', side)]
local = [crop(f'local{i}', side // 2) for i in range(2)]
masked = (noise('masked', 2 * n) > 0.2).float()
masked[[1, n + 2]] = 0   # nothing of these
of_backbone = [f'backbone.{name}' for name in ('blocks.0.attn.qkv.weight', 'blocks.3.mlp.fc2.bias', 'cls_token', 'norm.weight', 'patch_embed.proj.weight')]


def ibot(with_local, shared):
    last2 = 'last_layer' if shared else 'patch_last_layer'

    def outputs(network, tokens):
        for i, (inputs, outputs) in enumerate(((width, hidden), (hidden, hidden), (hidden, bottleneck)), 1):
            tokens = F.linear(tokens, network(f'projector.linear{i}.weight', outputs, inputs), network(f'projector.linear{i}.bias', outputs))
            tokens = F.gelu(tokens) if i < 3 else tokens
        x = F.normalize(tokens, dim=-1)
        prototypes = [F.normalize(network(f'{name}.weight_v', k, bottleneck)) for name in ('last_layer', last2)]
        return (F.linear(x, prototypes[0]) if x.dim() == 2 else F.linear(x[:, 0], prototypes[0])), x.dim() == 3 and F.linear(x[:, 1:], prototypes[1])

    student, teacher = Network('student'), Network('teacher')
    center, patch_center = (torch.from_numpy(hashed(name, (k,), 0.1)).double() for name in ('centre', 'patchCentre'))
    with torch.no_grad():
        taught, taught_patches = outputs(teacher, teacher.tokens(torch.cat(images)))
    seen, seen_patches = outputs(student, student.tokens(torch.cat(images), masked))
    if with_local:
        seen = torch.cat([seen, outputs(student, student.tokens(torch.cat(local))[:, 0])[0]])
    v = 2 + 2 * with_local
    student_cls, student_patch = (seen / 0.1).chunk(v), (seen_patches / 0.1).chunk(2)
    teacher_cls, teacher_patch = F.softmax((taught - center) / 0.05, -1).chunk(2), F.softmax((taught_patches - patch_center) / 0.07, -1).chunk(2)
    terms, patch_terms = [], []
    for q in range(2):
        for j in range(v):
            if j == q:
                own = torch.sum(-teacher_patch[q] * F.log_softmax(student_patch[j], -1), -1)
                mask = masked.chunk(2)[j]
                patch_terms.append((torch.sum(own * mask, -1) / mask.sum(-1).clamp(min=1.0)).mean())
            else:
                terms.append(torch.sum(-teacher_cls[q] * F.log_softmax(student_cls[j], -1), -1).mean())
    on_class, on_patches = sum(terms) / len(terms), sum(patch_terms) / len(patch_terms)
    names = ['mask_token', 'projector.linear1.weight', 'projector.linear3.bias', 'last_layer.weight_v', *([] if shared else ['patch_last_layer.weight_v']), *of_backbone]
    return {'local': 2 * with_local, 'shared': shared, 'loss': (on_class + on_patches).item(), 'classLoss': on_class.item(), 'patchLoss': on_patches.item(),
            'center': rounded(center * 0.9 + taught.mean(0) * 0.1), 'patchCenter': rounded(patch_center * 0.9 + taught_patches.mean(1).mean(0) * 0.1),
            'gradients': student.gradients(on_class + on_patches, names)}


def msn(with_sinkhorn):
    def projection(network, tokens):
        """The two layers before the last have no bias, which their norms would take away."""
        x = tokens[:, 0]
        for i, (inputs, outputs) in enumerate(((width, hidden), (hidden, hidden)), 1):
            x = F.linear(x, network(f'projector.linear{i}.weight', outputs, inputs))
            x = F.gelu(F.batch_norm(x, None, None, network(f'projector.bn{i}.weight', outputs), network(f'projector.bn{i}.bias', outputs), training=True))
        return F.linear(x, network('projector.linear3.weight', bottleneck, hidden), network('projector.linear3.bias', bottleneck))

    student, teacher = Network('student'), Network('teacher')
    prototypes = student('prototypes.weight', k, bottleneck)
    kept = noise('dropped', 2 * n)[n:].argsort(1)[:, :13].sort(1).values
    anchors = torch.cat([projection(student, student.tokens(images[1], kept=kept)), projection(student, student.tokens(torch.cat(local)))])
    predictions = lambda z: torch.softmax(F.normalize(z) @ F.normalize(prototypes).T / 0.1, 1)
    probs = predictions(anchors)
    with torch.no_grad():
        targets = predictions(projection(teacher, teacher.tokens(images[0]))) ** (1 / 0.25)
        targets = targets / targets.sum(1, keepdim=True)
        if with_sinkhorn:
            q = targets.T / targets.sum()
            for _ in range(3):
                q = q / q.sum(1, keepdim=True) / k
                q = q / q.sum(0, keepdim=True) / n
            targets = (q * n).T
    loss = torch.mean(torch.sum(torch.log(probs ** (-targets.repeat(3, 1))), 1))
    mean = probs.mean(0)
    me_max = -torch.sum(torch.log(mean ** (-mean))) + math.log(k)
    names = ['prototypes.weight', 'projector.linear1.weight', 'projector.bn2.weight', 'projector.linear3.bias', *of_backbone]
    return {'sinkhorn': with_sinkhorn, 'loss': (loss + me_max).item(), 'prediction': loss.item(), 'maximum': me_max.item(), 'kept': kept.flatten().tolist(), 'targets': rounded(targets),
            'gradients': student.gradients(loss + me_max, names)}


def beit():
    network, masks = Network('student'), masked[:n].bool()
    own = images[0].permute(0, 2, 3, 1).reshape(n, side // patch, patch, side // patch, patch, 3).permute(0, 1, 3, 2, 4, 5).reshape(n * l, -1)   # pixels of each patch, row by row
    centers = torch.from_numpy(hashed('centres', (vocabulary, patch ** 2 * 3), 2)).double()
    tokens = torch.cdist(own, centers).argmin(1).reshape(n, l)
    x = network.tokens(images[0], masks)[:, 1:]
    logits = F.linear(x[masks], network('lm_head.weight', vocabulary, width), network('lm_head.bias', vocabulary))
    loss = F.cross_entropy(logits, tokens[masks])
    return {'loss': loss.item(), 'tokens': tokens.flatten().tolist(), 'accuracy': (logits.argmax(1) == tokens[masks]).double().mean().item(),
            'gradients': network.gradients(loss, ['mask_token', 'lm_head.weight', 'lm_head.bias', *of_backbone])}


print(json.dumps({'versions': {name: version(name) for name in ('torch', 'timm', 'lightly', 'numpy')},
                  'ibot': [ibot(False, True), ibot(True, True), ibot(True, False)], 'msn': [msn(False), msn(True)], 'beit': beit()}))
