<?php
/**
 * Runs WordPress's own filters, without a database: `php oracle.php DOCROOT`, requests as JSON lines on stdin.
 *
 * A request is {"call": NAME, "inputs": [text, …]}; the answer is one JSON list. NAME is one of the keys of $calls below.
 * Only the files that hold the filters are loaded; what they ask of the rest of WordPress is answered as a fresh English
 * installation answers.
 */
error_reporting( E_ALL & ~E_DEPRECATED );
ini_set( 'display_errors', 'stderr' );

$docroot = rtrim( $argv[1] ?? '', '/' );
if ( ! is_file( "$docroot/wp-includes/kses.php" ) ) {
	fwrite( STDERR, "usage: php oracle.php DOCROOT (a WordPress tree; no wp-includes/kses.php in '$docroot')\n" );
	exit( 2 );
}
define( 'ABSPATH', "$docroot/" );
define( 'WPINC', 'wp-includes' );
define( 'WP_DEBUG', false );
define( 'WP_CONTENT_DIR', "$docroot/wp-content" );
define( 'WP_CONTENT_URL', 'https://blog.example/wp-content' );

function __( $text ) { return $text; }
function _x( $text ) { return $text; }
function _e( $text ) { echo $text; }
function _n( $one, $many, $n ) { return 1 === $n ? $one : $many; }
function esc_html__( $text ) { return $text; }
function load_textdomain() { return false; }
function get_locale() { return 'en_US'; }
function is_admin() { return false; }
function get_site_url() { return 'https://blog.example'; }
function includes_url( $path = '' ) { return "https://blog.example/wp-includes/$path"; }
function wp_cache_get( $key ) { return 'alloptions' === $key ? array( 'blog_charset' => 'UTF-8', 'use_smilies' => 1 ) : false; }
function wp_installing() { return false; }
function is_multisite() { return false; }
function get_current_blog_id() { return 1; }
function wp_parse_url( $url ) { return parse_url( $url ); }
function wp_cache_set() { return true; }

$files = array(
	'compat-utf8', 'compat', 'utf8', 'plugin', 'class-wp-error', 'functions', 'formatting',
	'html-api/class-wp-html-attribute-token', 'html-api/class-wp-html-span', 'html-api/class-wp-html-doctype-info',
	'html-api/class-wp-html-text-replacement', 'html-api/class-wp-html-decoder', 'html-api/class-wp-html-tag-processor',
	'class-wp-token-map', 'html-api/html5-named-character-references',
	'kses', 'shortcodes', 'class-wp-block-parser-block', 'class-wp-block-parser-frame', 'class-wp-block-parser', 'blocks',
);
foreach ( $files as $file ) {
	if ( is_file( "$docroot/wp-includes/$file.php" ) ) {
		require_once "$docroot/wp-includes/$file.php";
	}
}

$options = array( 'blog_charset' => 'UTF-8', 'use_smilies' => 1, 'home' => 'https://blog.example', 'siteurl' => 'https://blog.example', 'upload_path' => '', 'upload_url_path' => '', 'uploads_use_yearmonth_folders' => 0 );
foreach ( $options as $name => $value ) {
	add_filter( "pre_option_$name", fn() => $value );
}
add_filter( 'pre_kses', 'wp_pre_kses_less_than' );
add_filter( 'pre_kses', 'wp_pre_kses_block_attributes', 10, 3 );
smilies_init();
foreach ( array( 'caption', 'wp_caption', 'gallery', 'audio', 'video', 'playlist', 'embed' ) as $tag ) {
	add_shortcode( $tag, fn() => "(shortcode $tag ran)" );
}

/** What a post of an account without `unfiltered_html` goes through on its way into the database. */
function saved( string $html ): string {
	$html = wp_kses_post( convert_invalid_entities( $html ) );
	if ( version_compare( $GLOBALS['wp_version'], '6.7', '<' ) ) {
		$html = wp_targeted_link_rel( $html );
	}
	return $html;
}

/** The text filters of `the_content`, in their order; $autop is off for a body that holds blocks. */
function rendered( string $html, bool $autop ): string {
	$html = wptexturize( $html );
	if ( $autop ) {
		$html = shortcode_unautop( wpautop( $html ) );
	}
	$html = do_shortcode( capital_P_dangit( $html ) );
	return convert_smilies( $html );
}

require "$docroot/wp-includes/version.php";
add_filter( 'the_content', '__return_true' ); // capital_P_dangit asks which filter runs
$calls = array(
	'version'     => fn( $text ) => $GLOBALS['wp_version'],
	'kses'        => fn( $text ) => wp_kses_post( $text ),
	'saved'       => fn( $text ) => saved( $text ),
	'css'         => fn( $text ) => safecss_filter_attr( $text ),
	'autop'       => fn( $text ) => wpautop( $text ),
	'texturize'   => fn( $text ) => wptexturize( $text ),
	'smilies'     => fn( $text ) => convert_smilies( $text ),
	'shortcode'   => fn( $text ) => do_shortcode( $text ),
	'capital'     => fn( $text ) => capital_P_dangit( $text ),
	'blocks'      => fn( $text ) => rendered( $text, false ),
	'classic'     => fn( $text ) => rendered( $text, true ),
	'tables'      => fn( $text ) => array( 'tags' => $GLOBALS['allowedposttags'], 'entities' => $GLOBALS['allowedentitynames'], 'protocols' => wp_allowed_protocols() ),
);
while ( false !== ( $line = fgets( STDIN ) ) ) {
	$request = json_decode( $line, true, 512, JSON_THROW_ON_ERROR );
	$answers = array_map( $calls[ $request['call'] ], $request['inputs'] );
	echo json_encode( $answers, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE ), "\n";
	flush();
}
