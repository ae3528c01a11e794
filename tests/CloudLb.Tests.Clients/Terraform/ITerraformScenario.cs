namespace CloudLb.Tests.Clients.Terraform;

/// <summary>A configuration that is made, changed and removed, with a plan without changes after each step.</summary>
internal interface ITerraformScenario
{
    Task RunAsync(CancellationToken cancellationToken);
}
