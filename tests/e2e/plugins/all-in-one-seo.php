<?php
// All in One SEO keeps title and description in one field of its own.
add_action( 'rest_api_init', function () {
	register_rest_field(
		'post',
		'aioseo_meta_data',
		[
			'get_callback'    => fn( $post ) => get_post_meta( $post['id'], '_aio', true ) ?: [ 'title' => '', 'description' => '' ],
			'update_callback' => function ( $value, $post ) {
				$old = get_post_meta( $post->ID, '_aio', true ) ?: [ 'title' => '', 'description' => '' ];
				update_post_meta( $post->ID, '_aio', array_merge( $old, $value ) );
			},
			'schema'          => [ 'type' => 'object' ],
		]
	);
} );
