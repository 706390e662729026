// One import for all that a program needs to explain classifiers. Each module can be imported by
// itself as well.
@_exported public import Attribution
@_exported public import Imaging
@_exported public import ModelFiles
@_exported public import Networks
@_exported public import Pipeline
@_exported public import Rendering
@_exported public import Segmentation
@_exported public import Tensors
@_exported public import Training
