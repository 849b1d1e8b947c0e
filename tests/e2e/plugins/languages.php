<?php
// A plugin for languages: lists show the default language only, unless a language or "all" is asked for.
function language_of( $id ) {
	return get_post_meta( $id, '_language', true ) ?: 'en';
}
add_filter( 'rest_post_query', function ( $args, $request ) {
	$lang = $request['lang'] ?: 'en';
	if ( 'all' !== $lang ) {
		$mine               = [ 'key' => '_language', 'value' => $lang ];
		$args['meta_query'] = 'en' === $lang ? [ 'relation' => 'OR', $mine, [ 'key' => '_language', 'compare' => 'NOT EXISTS' ] ] : [ $mine ];
	}
	return $args;
}, 10, 2 );
add_action( 'rest_after_insert_post', function ( $post, $request ) {
	if ( $request['lang'] ) {
		update_post_meta( $post->ID, '_language', $request['lang'] );
	}
}, 10, 2 );
if ( '{{field}}' === 'yes' ) {
	add_action( 'rest_api_init', function () {
		register_rest_field( 'post', 'lang', [ 'get_callback' => fn( $post ) => language_of( $post['id'] ), 'schema' => [ 'type' => 'string' ] ] );
	} );
}
