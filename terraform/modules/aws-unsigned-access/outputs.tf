output "base_url" {
  description = "What the objectUrl of a manifest begins with; the object's name follows."
  value       = local.has_cdn ? "https://${var.domain}/" : "https://${local.bucket_host}/"
}

output "dns_records" {
  description = "Records of the domain. With managed_zone they are created; without, create them where the domain is hosted."
  value = local.has_cdn ? [{
    name  = "${var.domain}."
    type  = "CNAME"
    ttl   = 300
    value = aws_cloudfront_distribution.this[0].domain_name
  }] : []
}

output "bucket_name" {
  description = "The bucket whose objects are served."
  value       = local.bucket
}

output "bucket_policy" {
  description = "The bucket policy that this needs. It is set here if manage_bucket_settings says so."
  value       = local.bucket_policy
}

output "distribution_id" {
  description = "The CloudFront distribution; null in the mode bucket_policy."
  value       = local.has_cdn ? aws_cloudfront_distribution.this[0].id : null
}

output "ip_sets" {
  description = "ARNs of the IP sets that hold the allow-list, by IPV4 and IPV6."
  value       = { for family, ip_set in aws_wafv2_ip_set.allowed : family => ip_set.arn }
}

output "log_group" {
  description = "The CloudWatch log group in us-east-1 that tells who asked for what; null without a log."
  value       = one(aws_cloudwatch_log_group.requests[*].name)
}

output "invalidate_cache_command" {
  description = "Drops what CloudFront keeps, for objects that were overwritten. Changes of the allow-list do not need it."
  value       = local.has_cdn ? "aws cloudfront create-invalidation --distribution-id ${aws_cloudfront_distribution.this[0].id} --paths '/*'" : null
}
