namespace CloudLb.Tests.Clients.Terraform;

/// <summary>Terraform and the AWS provider as they are, with the resources of version 2.</summary>
public sealed class TerraformV2Tests(TerraformV2Runs runs) : IClassFixture<TerraformV2Runs>
{
    [Fact]
    public Task The_basic_set_is_made_changed_and_removed_and_a_plan_finds_nothing_to_do_after_each_step() =>
        runs.EndOfAsync<TerraformV2Basics>();

    [Fact]
    public Task Every_argument_is_set_and_changed_and_a_plan_finds_nothing_to_do_after_each_step() =>
        runs.EndOfAsync<TerraformV2Arguments>();

    [Fact]
    public Task Every_argument_of_a_trust_store_is_set_and_changed_and_a_plan_finds_nothing_to_do_after_each_step() =>
        runs.EndOfAsync<TerraformTrustStores>();
}
