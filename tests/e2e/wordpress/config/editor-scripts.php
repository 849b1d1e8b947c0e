<?php
// php editor-scripts.php DOCROOT: the scripts that the block library needs, in the order of their dependencies, as JSON.
ob_start();
require __DIR__ . '/load.php';

function blogkit_visit(string $handle, WP_Scripts $scripts, array &$ordered): void
{
    if (isset($ordered[$handle])) {
        return;
    }
    if (!isset($scripts->registered[$handle])) {
        fwrite(STDERR, "no script is registered as $handle\n");
        exit(1);
    }
    $script = $scripts->registered[$handle];
    $ordered[$handle] = null; // seen
    foreach ($script->deps as $needed) {
        blogkit_visit($needed, $scripts, $ordered);
    }
    unset($ordered[$handle]); // its place is after what it needs
    $ordered[$handle] = $script->src;
}

$ordered = array();
foreach (array('wp-blocks', 'wp-block-library', 'wp-format-library') as $handle) {
    blogkit_visit($handle, wp_scripts(), $ordered);
}
$answer = array();
foreach ($ordered as $handle => $src) {
    if ($src) {
        $answer[] = array('handle' => $handle, 'src' => $src);
    }
}
ob_end_clean();
echo json_encode($answer);
