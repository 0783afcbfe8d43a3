output "base_url" {
  description = "What the objectUrl of a manifest begins with; the object's name follows."
  value       = "https://${var.domain}/"
}

output "ip_addresses" {
  description = "Addresses of the load balancer, by IPV4 and IPV6."
  value       = { for family, address in google_compute_global_address.this : family => address.address }
}

output "dns_records" {
  description = "Records of the domain. With managed_zone they are created; without, create them where the domain is hosted."
  value = [for family, address in google_compute_global_address.this : {
    name  = "${var.domain}."
    type  = family == "IPV6" ? "AAAA" : "A"
    ttl   = 300
    value = address.address
  }]
}

output "bucket_name" {
  description = "The bucket whose objects are served."
  value       = local.bucket
}

output "bucket_location" {
  description = "Location of the bucket, which requests to it are signed for."
  value       = local.bucket_location
}

output "service_account_email" {
  description = "The account that reads the bucket; null if the key was given."
  value       = local.makes_key ? google_service_account.reader[0].email : null
}

output "access_id" {
  description = "Public half of the HMAC key that is in use."
  value       = local.access_id
}

output "security_policy" {
  description = "Name of the edge policy that holds the allow-list."
  value       = google_compute_security_policy.edge.name
}

output "invalidate_cache_command" {
  description = "Drops what the CDN keeps, for objects that were overwritten. Changes of the allow-list do not need it."
  value       = "gcloud compute url-maps invalidate-cdn-cache ${google_compute_url_map.https.name} --project ${var.project_id} --path '/*'"
}
