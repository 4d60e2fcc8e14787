// Opens TensorFlow's library with the error stream closed: at that moment it writes two lines about oneDNN that no setting of its own silences.
// Built beside the addon and loaded before it. Without TensorFlow's headers: it only opens the file.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

namespace {
const bool opened = [] {
  const int kept = dup(2);
  const int nowhere = open("/dev/null", O_WRONLY);
  dup2(nowhere, 2);
  dlopen(TENSORFLOW_FRAMEWORK, RTLD_NOW | RTLD_LOCAL);  // where this fails, loading the addon fails next, and says why
  dup2(kept, 2);
  close(kept);
  close(nowhere);
  return true;
}();
}  // namespace

// Node asks a native module for this.
extern "C" __attribute__((visibility("default"))) void* napi_register_module_v1(void*, void* exports) { return exports; }
