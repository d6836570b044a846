"""The shell of every page: layout, components, form fields, error pages. It knows nothing about complaints or roles."""
