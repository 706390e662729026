// One variant's kernels, in the order in which they build on each other.
#include "vectors.h"

#include "tiles.h"

#include "correlation.h"

#include "rows.h"

#include "flat.h"

#include "slabs.h"

#include "convolution.h"

#include "lane_sums.h"

#include "weight_gradient.h"

#include "dense.h"

#include "winograd.h"

#include "winograd_pack.h"

#include "winograd_run.h"

#include "activations.h"

#include "normalization.h"

#include "pooling.h"

#include "secants.h"

#include "regions.h"

#include "peak.h"

#include "table.h"
