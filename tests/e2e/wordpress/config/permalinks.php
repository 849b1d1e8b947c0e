<?php
// php permalinks.php DOCROOT STRUCTURE: '' for plain addresses (/?p=1), else e.g. /%postname%/
require __DIR__ . '/load.php';
global $wp_rewrite;
$wp_rewrite->init();
$wp_rewrite->set_permalink_structure($argv[2]);
flush_rewrite_rules(false);
