// Winograd's minimal filtering: m·m outputs of an r·r kernel from n·n inputs, n = m + r − 1, with
// n·n multiplications for each pair of channels in place of m·m·r·r.
//
//   Y = Aᵀ [ Σ over channels of (G g Gᵀ) ⊙ (Bᵀ d B) ] A
//
// Reference: Lavin, Gray, "Fast algorithms for convolutional neural networks", arXiv:1509.09308. The
// matrices follow from n − 1 points and the one at infinity (Toom and Cook). Our points are 0 and
// pairs ±p, so that even and odd parts are shared; the pairs were picked by measuring the error:
// with ±3/4, ±3/2 it is a quarter of what the usual ±1, ±2 give. (Barabasz, Anderson, Soodhalter,
// Gregg, "Error analysis and improving the accuracy of Winograd convolution", arXiv:1803.10986.)
//
// A block of tiles is transformed for all channels into `[place][channel][tile]`; then
// each of the n·n places is a matrix product of its own, done by the strided tiles; then the products
// are transformed back. Blocks are as large as the second-level cache allows.

typedef struct WinogradShape {
  int32_t made, kernel, side;  // m, r, n
  int32_t pairs;
  double points[3];
} WinogradShape;

static WinogradShape winogradShape(CKernels_Winograd kind) {
  switch (kind) {
    case CKernels_WinogradF2K3:
      return (WinogradShape){2, 3, 4, 1, {1}};
    case CKernels_WinogradF4K3:
      return (WinogradShape){4, 3, 6, 2, {0.75, 1.5}};
    case CKernels_WinogradF2K5:
      return (WinogradShape){2, 5, 6, 2, {0.75, 1.5}};
    case CKernels_WinogradF4K5:
      return (WinogradShape){4, 5, 8, 3, {0.5, 1, 1.75}};
  }
}

// The squares of the points, as the transforms use them.
#define A6 0.5625f
#define B6 2.25f
#define A8 0.25f
#define B8 1.0f
#define C8 3.0625f

/// One column of Bᵀ d. Rows belong to the points 0, +p, −p for each pair, and infinity; each is the
/// product of (x − other points) applied to d as coefficients.
ALWAYS_INLINE void transformSource(const int side, const Vector *d, Vector *v) {
  if (side == 4) {
    v[0] = d[2] - d[0];
    v[1] = d[2] + d[1];
    v[2] = d[2] - d[1];
    v[3] = d[3] - d[1];
  } else if (side == 6) {
    const Vector evenA = d[4] - B6 * d[2], oddA = d[3] - B6 * d[1];
    const Vector evenB = d[4] - A6 * d[2], oddB = d[3] - A6 * d[1];
    v[0] = evenA - A6 * (d[2] - B6 * d[0]);
    v[1] = evenA + 0.75f * oddA;
    v[2] = evenA - 0.75f * oddA;
    v[3] = evenB + 1.5f * oddB;
    v[4] = evenB - 1.5f * oddB;
    v[5] = (d[5] - B6 * d[3]) - A6 * oddA;
  } else {
    const Vector evenA = d[6] - (B8 + C8) * d[4] + (B8 * C8) * d[2];
    const Vector oddA = d[5] - (B8 + C8) * d[3] + (B8 * C8) * d[1];
    const Vector evenB = d[6] - (A8 + C8) * d[4] + (A8 * C8) * d[2];
    const Vector oddB = d[5] - (A8 + C8) * d[3] + (A8 * C8) * d[1];
    const Vector evenC = d[6] - (A8 + B8) * d[4] + (A8 * B8) * d[2];
    const Vector oddC = d[5] - (A8 + B8) * d[3] + (A8 * B8) * d[1];
    v[0] = evenA - A8 * (d[4] - (B8 + C8) * d[2] + (B8 * C8) * d[0]);
    v[1] = evenA + 0.5f * oddA;
    v[2] = evenA - 0.5f * oddA;
    v[3] = evenB + oddB;
    v[4] = evenB - oddB;
    v[5] = evenC + 1.75f * oddC;
    v[6] = evenC - 1.75f * oddC;
    v[7] = (d[7] - (B8 + C8) * d[5] + (B8 * C8) * d[3]) - A8 * oddA;
  }
}

/// One column of Aᵀ M: the polynomial's coefficients from its values; row i sums pⁱ times the value
/// at p, the last one also the value at infinity.
ALWAYS_INLINE void transformTarget(const int side, const int made, const Vector *v, Vector *y) {
  if (side == 4) {
    y[0] = v[0] + (v[1] + v[2]);
    y[1] = (v[1] - v[2]) + v[3];
    return;
  }
  const Vector sumA = v[1] + v[2], differenceA = v[1] - v[2];
  const Vector sumB = v[3] + v[4], differenceB = v[3] - v[4];
  if (side == 6) {
    y[0] = v[0] + (sumA + sumB);
    y[1] = 0.75f * differenceA + 1.5f * differenceB;
    if (made == 2) {
      y[1] += v[5];
    } else {
      y[2] = A6 * sumA + B6 * sumB;
      y[3] = v[5] + (0.75f * A6) * differenceA + (1.5f * B6) * differenceB;
    }
    return;
  }
  const Vector sumC = v[5] + v[6], differenceC = v[5] - v[6];
  y[0] = (v[0] + sumA) + (sumB + sumC);
  y[1] = 0.5f * differenceA + differenceB + 1.75f * differenceC;
  y[2] = A8 * sumA + sumB + C8 * sumC;
  y[3] = (0.5f * A8) * differenceA + (v[7] + differenceB) + (1.75f * C8) * differenceC;
}

/// How a Winograd convolution is cut.
typedef struct WinogradPlan {
  WinogradShape shape;
  int32_t sourceChannels, sourceHeight, sourceWidth;
  int32_t targetChannels, targetHeight, targetWidth;
  int32_t padTop, padLeft;
  int32_t tileRows, tileColumns, tiles;
  int32_t blocks, blockTiles;
  ptrdiff_t sourcePlane, targetPlane;  // elements from place to place
} WinogradPlan;

enum { winogradBlockBytes = 800 * 1024 };

static WinogradPlan winogradPlan(const CKernels_Convolution *s, CKernels_Winograd kind,
                                 CKernels_Direction direction) {
  WinogradPlan p = {.shape = winogradShape(kind)};
  if (direction == CKernels_DirectionForward) {
    p.sourceChannels = s->inputChannels;
    p.sourceHeight = s->inputHeight;
    p.sourceWidth = s->inputWidth;
    p.targetChannels = s->outputChannels;
    p.targetHeight = s->outputHeight;
    p.targetWidth = s->outputWidth;
    p.padTop = s->padTop;
    p.padLeft = s->padLeft;
  } else {
    p.sourceChannels = s->outputChannels;
    p.sourceHeight = s->outputHeight;
    p.sourceWidth = s->outputWidth;
    p.targetChannels = s->inputChannels;
    p.targetHeight = s->inputHeight;
    p.targetWidth = s->inputWidth;
    p.padTop = s->kernelHeight - 1 - s->padTop;
    p.padLeft = s->kernelWidth - 1 - s->padLeft;
  }
  p.tileRows = dividedUp(p.targetHeight, p.shape.made);
  p.tileColumns = dividedUp(p.targetWidth, p.shape.made);
  p.tiles = p.tileRows * p.tileColumns;
  const int32_t pixels = tilePixels[largestChannelTile(p.targetChannels)];
  const int64_t bytesPerTile = (int64_t)p.shape.side * p.shape.side *
                               (p.sourceChannels + p.targetChannels) * elementBytes;
  const int64_t most = larger(1, (int32_t)(winogradBlockBytes / bytesPerTile / pixels)) * pixels;
  p.blocks = dividedUp(p.tiles, (int32_t)most);
  p.blockTiles = smaller(p.tiles, dividedUp(dividedUp(p.tiles, p.blocks), pixels) * pixels);
  p.blocks = dividedUp(p.tiles, p.blockTiles);
  // One element more, or the places' planes would compete for the same lines of the cache.
  p.sourcePlane = (ptrdiff_t)p.sourceChannels * p.blockTiles | 1;
  p.targetPlane = (ptrdiff_t)p.targetChannels * p.blockTiles | 1;
  return p;
}

static size_t winogradPackedCount(const CKernels_Convolution *s, CKernels_Winograd kind) {
  const WinogradShape shape = winogradShape(kind);
  return (size_t)shape.side * (size_t)shape.side * (size_t)s->inputChannels *
         (size_t)s->outputChannels;
}

static size_t winogradScratchBytes(const CKernels_Convolution *s, CKernels_Winograd kind,
                                   CKernels_Direction direction) {
  const WinogradPlan p = winogradPlan(s, kind, direction);
  return (size_t)(p.shape.side * p.shape.side) * (size_t)(p.sourcePlane + p.targetPlane) *
         elementBytes;
}
