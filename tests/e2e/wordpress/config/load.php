<?php
// Loads the WordPress in $argv[1] for a script on the command line, as if a request had come in.
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE);
$settings = json_decode(file_get_contents(dirname($argv[1], 4) . '/settings.json'), true);
$_SERVER['HTTP_HOST'] = parse_url($settings['url'], PHP_URL_HOST) . ':' . parse_url($settings['url'], PHP_URL_PORT);
$_SERVER['SERVER_NAME'] = parse_url($settings['url'], PHP_URL_HOST);
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['PHP_SELF'] = '/index.php';
require $argv[1] . '/wp-load.php';
