namespace CloudLb.Tests.Clients.Terraform;

/// <summary>An argument of a resource and what it says from then on; nothing: it is left out.</summary>
internal sealed record TerraformChange(string Resource, string Argument, string Text);
