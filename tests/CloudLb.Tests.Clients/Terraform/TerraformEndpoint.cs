namespace CloudLb.Tests.Clients.Terraform;

/// <summary>How a configuration of Terraform says where CloudLb is: the three ways that the provider's guide has.</summary>
internal enum TerraformEndpoint
{
    /// <summary>The provider's <c>endpoints</c> block, each service by itself.</summary>
    Block,

    /// <summary><c>AWS_ENDPOINT_URL</c>, for every service.</summary>
    Environment,

    /// <summary>A <c>services</c> section of the shared configuration file, with the key and the region beside it in a profile.</summary>
    SharedConfiguration,
}
