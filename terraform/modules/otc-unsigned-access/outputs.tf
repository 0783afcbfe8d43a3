output "base_url" {
  description = "What the objectUrl of a manifest begins with; the object's name follows."
  value       = "https://${local.bucket}.obs.${var.bucket_region}.otc.t-systems.com/"
}

output "bucket_name" {
  description = "The bucket whose objects are served."
  value       = local.bucket
}

output "bucket_policy" {
  description = "The bucket policy that this needs. It is set here if manage_bucket_policy says so."
  value       = local.bucket_policy
}
