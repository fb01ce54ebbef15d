#ifndef ZHUNSHENG_CLIBXML2_SHIM_H
#define ZHUNSHENG_CLIBXML2_SHIM_H

#include <libxml/xmlversion.h>
// Debian's libxml2 is built with ICU, and <libxml/encoding.h> would then pull the ICU headers into
// this module, where they clash with the ones Foundation brings. We never touch the fields this hides.
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/dict.h>
#include <libxml/relaxng.h>
#include <libxml/xmlerror.h>
#include <libxml/tree.h>

// `xmlFree` is a global function pointer, which Swift 6 treats as unsafe shared state.
static inline void clx_free(void *pointer) { if (pointer) xmlFree(pointer); }

#endif
