// Regions of a map that lie at a place of their own in each lane, put together of what stays and what
// changed. Elements are written once and in order; what all lanes have at the same place is copied a
// vector at a time, the rest blended.

/// Lanes whose patch lies alike in the region.
typedef struct LaneClass {
  int32_t patchTop, patchLeft;

  /// The columns of the region that some lane has changed.
  int32_t firstColumn, endColumn;
  int32_t lanes[laneCount] __attribute__((aligned(64)));
} LaneClass;

static int32_t findLaneClasses(const CKernels_LanePlaces *places, LaneClass *classes) {
  int32_t count = 0;
  for (int32_t lane = 0; lane < laneCount; lane += 1) {
    if (places->changedTop[lane] >= places->changedBottom[lane] ||
        places->changedLeft[lane] >= places->changedRight[lane]) {
      continue;
    }
    int32_t at = 0;
    while (at < count && (classes[at].patchTop != places->patchTop[lane] ||
                          classes[at].patchLeft != places->patchLeft[lane])) {
      at += 1;
    }
    if (at == count) {
      classes[at] = (LaneClass){.patchTop = places->patchTop[lane],
                                .patchLeft = places->patchLeft[lane],
                                .firstColumn = places->changedLeft[lane],
                                .endColumn = places->changedRight[lane]};
      count += 1;
    }
    classes[at].lanes[lane] = -1;
    classes[at].firstColumn = smaller(classes[at].firstColumn, places->changedLeft[lane]);
    classes[at].endColumn = larger(classes[at].endColumn, places->changedRight[lane]);
  }
  return count;
}

/// Where the lanes' rows of the base are, and which of their columns exist in all lanes.
typedef struct BaseRow {
  int32_t place[laneCount] __attribute__((aligned(64)));
  int32_t exists[laneCount];
  int32_t firstColumn, endColumn;
} BaseRow;

static void findBaseRow(const CKernels_LaneRegion *r, const CKernels_LanePlaces *places, int32_t row,
                        BaseRow *found) {
  found->firstColumn = 0;
  found->endColumn = r->columns;
  for (int32_t lane = 0; lane < laneCount; lane += 1) {
    const int32_t y = places->top[lane] + row;
    found->exists[lane] = y >= 0 && y < r->height;
    if (!found->exists[lane]) found->endColumn = 0;
    found->firstColumn = larger(found->firstColumn, -places->left[lane]);
    found->endColumn = smaller(found->endColumn, r->width - places->left[lane]);
    found->place[lane] = (y * r->width + places->left[lane]) * r->baseStep + lane * r->baseLaneStep;
  }
}

/// The base's elements of one column.
ALWAYS_INLINE void loadBase(const CKernels_LaneRegion *r, const CKernels_LanePlaces *places,
                            const BaseRow *row, const float *plane, int32_t column,
                            float *element) {
  const float *from = plane + (ptrdiff_t)column * r->baseStep;
  if (column >= row->firstColumn && column < row->endColumn) {
    UNROLL for (int lane = 0; lane < laneCount; lane += 1) element[lane] = from[row->place[lane]];
    return;
  }
  for (int32_t lane = 0; lane < laneCount; lane += 1) {
    const int32_t x = places->left[lane] + column;
    const int isInside = row->exists[lane] && x >= 0 && x < r->width;
    element[lane] = isInside ? from[row->place[lane]] : r->outside;
  }
}

static int isUniformRegion(const CKernels_LanePlaces *places) {
  for (int32_t lane = 1; lane < laneCount; lane += 1) {
    if (places->top[lane] != places->top[0] || places->left[lane] != places->left[0]) return 0;
  }
  return 1;
}

static void fillRegion(const CKernels_LaneRegion *r, const CKernels_LanePlaces *given,
                       const float *base, const float *patch, float *target) {
  // Theirs need not be aligned.
  CKernels_LanePlaces copy __attribute__((aligned(64))) = *given;
  const CKernels_LanePlaces *places = &copy;
  LaneClass classes[laneCount];
  const int32_t classCount = findLaneClasses(places, classes);
  const int isUniform = isUniformRegion(places);
  for (int32_t row = r->firstRow; row < r->endRow; row += 1) {
    BaseRow baseRow;
    findBaseRow(r, places, row, &baseRow);
    // Which lanes have changed in this row, and the columns in which all have.
    int32_t changed[laneCount] __attribute__((aligned(64)));
    int32_t firstShared = 0, endShared = r->columns;
    for (int32_t lane = 0; lane < laneCount; lane += 1) {
      changed[lane] = row >= places->changedTop[lane] && row < places->changedBottom[lane] ? -1 : 0;
      firstShared = larger(firstShared, places->changedLeft[lane]);
      endShared = changed[lane] ? smaller(endShared, places->changedRight[lane]) : 0;
    }
    for (int32_t channel = 0; channel < r->channels; channel += 1) {
      const float *plane = base + (ptrdiff_t)channel * r->height * r->width * r->baseStep;
      char *to = (char *)target + ((ptrdiff_t)channel * r->rows + row) * r->columns * elementBytes;
      for (int32_t x = r->firstColumn; x < r->endColumn; x += 1) {
        char *element = to + (ptrdiff_t)x * elementBytes;
        const int isShared = x >= firstShared && x < endShared;
        if (!isShared) {
          const int isInside = x >= baseRow.firstColumn && x < baseRow.endColumn;
          if (isUniform && isInside) {
            const float *from = plane + baseRow.place[0] + (ptrdiff_t)x * r->baseStep;
            UNROLL for (int part = 0; part < parts; part += 1) {
              *(Vector *)(element + part * VECTOR_BYTES) =
                  r->baseLaneStep ? *(const Vector *)(from + part * vectorFloats)
                                  : (Vector){} + from[0];
            }
          } else {
            loadBase(r, places, &baseRow, plane, x, (float *)element);
          }
        }
        for (int32_t at = 0; at < classCount; at += 1) {
          const LaneClass *class = &classes[at];
          if (x < class->firstColumn || x >= class->endColumn) continue;
          const int32_t patchRow = class->patchTop + row;
          if (patchRow < 0 || patchRow >= r->patchRows) continue;
          const char *from =
              (const char *)patch +
              (((ptrdiff_t)channel * r->patchRows + patchRow) * r->patchColumns +
               class->patchLeft + x) *
                  elementBytes;
          UNROLL for (int part = 0; part < parts; part += 1) {
            const Mask *own = (const Mask *)class->lanes + part;
            const Vector value = *(const Vector *)(from + part * VECTOR_BYTES);
            Vector *place = (Vector *)(element + part * VECTOR_BYTES);
            if (isShared && classCount == 1) {
              *place = value;
              continue;
            }
            Mask mask = *own & *((const Mask *)changed + part);
            if (!isShared) {
              mask &= (x >= *((const Mask *)places->changedLeft + part)) &
                      (x < *((const Mask *)places->changedRight + part));
            }
            *place = (Vector)(((Mask)value & mask) | ((Mask)*place & ~mask));
          }
        }
      }
    }
  }
}
