<?php
// For `php -S`: files as they are, .php files run, everything else goes to WordPress (pretty permalinks).
function blogkit_script(string $root, string $path): ?string
{
    if (is_dir($root . $path)) {
        $path = rtrim($path, '/') . '/index.php';
        return is_file($root . $path) ? $path : '/index.php';
    }
    if (is_file($root . $path)) {
        return substr($path, -4) === '.php' ? $path : null;
    }
    return '/index.php';
}

$root = $_SERVER['DOCUMENT_ROOT'];
$path = urldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?? '/');
if (strpos($path, '..') !== false) {
    http_response_code(400);
    exit('bad path');
}
if (substr($path, -1) !== '/' && is_file("$root$path/index.php")) {
    header("Location: $path/", true, 301);
    return;
}
$script = blogkit_script($root, $path);
if ($script === null) {
    return false;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $script;
$_SERVER['SCRIPT_FILENAME'] = $root . $script;
chdir(dirname($root . $script));
require $root . $script;
