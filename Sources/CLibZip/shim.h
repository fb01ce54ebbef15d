#ifndef ZHUNSHENG_CLIBZIP_SHIM_H
#define ZHUNSHENG_CLIBZIP_SHIM_H

#include <zip.h>

#endif
