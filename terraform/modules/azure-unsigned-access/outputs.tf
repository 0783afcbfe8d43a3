output "base_url" {
  description = "What the objectUrl of a manifest begins with; the object's name follows."
  value       = "${local.blob_endpoint}${var.container_name}/"
}

output "storage_account_id" {
  description = "The storage account whose firewall holds the allow-list."
  value       = local.account_id
}

output "ip_rules" {
  description = "The allow-list as the firewall has it."
  value       = local.ip_rules
}
