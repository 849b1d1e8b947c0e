<?php
// A site with books: a type of post with two taxonomies, and custom fields for search engines as Yoast has them.
add_action( 'init', function () {
	register_taxonomy( 'genre', [ 'book', 'post' ], [ 'hierarchical' => true, 'show_in_rest' => true, 'rest_base' => 'genres' ] );
	register_taxonomy( 'mood', [ 'book' ], [ 'show_in_rest' => true ] );
	register_taxonomy( 'shelf', [ 'book' ], [ 'show_in_rest' => false ] );
	register_post_type(
		'book',
		[
			'public'       => true,
			'show_in_rest' => true,
			'rest_base'    => 'books',
			'supports'     => [ 'title', 'editor', 'excerpt', 'custom-fields', 'revisions', 'author' ],
			'rewrite'      => false,
		]
	);
	register_post_type( 'film', [ 'public' => true, 'show_in_rest' => true ] );
} );
