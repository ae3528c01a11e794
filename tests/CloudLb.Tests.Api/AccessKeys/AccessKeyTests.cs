using System.Text;
using CloudLb.Iam.Contracts;
using CloudLb.Server.Startup;
using CloudLb.Tests.Api.Certificates;

namespace CloudLb.Tests.Api.AccessKeys;

/// <summary>Access keys through IAM, against a whole server: rotation, limits, restarts.</summary>
public sealed class AccessKeyTests : IAsyncLifetime
{
    private readonly RestartableServer _server = new();

    private static readonly RestartableServer.Key Member = new(RestartableServer.Member, RestartableServer.Secret);
    private static readonly RestartableServer.Key Reader = new(RestartableServer.Reader, RestartableServer.Secret);

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_new_key_signs_at_once_and_is_told_once()
    {
        var first = _server.First;

        var answer = (await CreateAsync(first)).AccessKey;

        Assert.Matches("^AKIA[A-Z2-7]{16}$", answer.AccessKeyId);
        Assert.Matches("^[A-Za-z0-9+/]{40}$", answer.SecretAccessKey);
        Assert.Equal(("Active", (string?)null), (answer.Status, answer.UserName));
        Assert.Equal("arn:aws:iam::123456789012:root", await WhoAmIAsync(new(answer.AccessKeyId, answer.SecretAccessKey)));
        Assert.Equal(
            [(first.Id, "Active"), (answer.AccessKeyId, "Active")], (await ListAsync(first)).OrderBy(key => key.Id == answer.AccessKeyId));
        await _server.StopAsync();
        Assert.DoesNotContain(
            _server.Directory.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Name != "credentials"),
            file => File.ReadAllBytes(file.FullName).AsSpan().IndexOf(Encoding.ASCII.GetBytes(answer.SecretAccessKey)) >= 0);
    }

    [Fact]
    public async Task The_first_key_is_rotated_and_stays_deleted_though_its_file_is_there()
    {
        var old = _server.First;
        var made = (await CreateAsync(old)).AccessKey;
        var fresh = new RestartableServer.Key(made.AccessKeyId, made.SecretAccessKey);

        await SetAsync(fresh, old.Id, "Inactive");
        var inactive = await Assert.ThrowsAsync<ServiceRefusal>(() => WhoAmIAsync(old));
        await RestartAsync();
        Assert.Equal([(old.Id, "Inactive"), (fresh.Id, "Active")], (await ListAsync(fresh)).OrderBy(key => key.Id == fresh.Id));
        await DeleteAsync(fresh, old.Id);
        await RestartAsync();
        var deleted = await Assert.ThrowsAsync<ServiceRefusal>(() => WhoAmIAsync(old));

        Assert.Equal((403, "InvalidClientTokenId"), inactive.Error);
        Assert.Equal((403, "InvalidClientTokenId"), deleted.Error);
        Assert.Equal([(fresh.Id, "Active")], await ListAsync(fresh));
    }

    [Fact]
    public async Task An_inactive_key_signs_again_when_it_is_made_active()
    {
        var first = _server.First;
        var made = (await CreateAsync(first)).AccessKey;
        var fresh = new RestartableServer.Key(made.AccessKeyId, made.SecretAccessKey);

        for (var round = 0; round < 3; round++)
        {
            await SetAsync(first, fresh.Id, "Inactive");
            await Assert.ThrowsAsync<ServiceRefusal>(() => WhoAmIAsync(fresh));
            await SetAsync(first, fresh.Id, "Active");
            Assert.Equal("arn:aws:iam::123456789012:root", await WhoAmIAsync(fresh));
        }
    }

    [Fact]
    public async Task Nobody_locks_himself_out_of_the_account()
    {
        var first = _server.First;
        var made = (await CreateAsync(first)).AccessKey;
        await SetAsync(first, made.AccessKeyId, "Inactive");

        var deactivated = await Assert.ThrowsAsync<ServiceRefusal>(() => SetAsync(first, first.Id, "Inactive"));
        var deleted = await Assert.ThrowsAsync<ServiceRefusal>(() => DeleteAsync(first, first.Id));

        Assert.Equal((400, "UnmodifiableEntity"), deactivated.Error);
        Assert.Equal((400, "UnmodifiableEntity"), deleted.Error);
        Assert.Contains("Create another one first", deleted.Text, StringComparison.Ordinal);
        Assert.Equal("arn:aws:iam::123456789012:root", await WhoAmIAsync(first));
    }

    [Fact]
    public async Task A_user_has_two_keys_at_most_inactive_ones_among_them()
    {
        var first = _server.First;
        await SetAsync(first, (await CreateAsync(first)).AccessKey.AccessKeyId, "Inactive");

        var refusal = await Assert.ThrowsAsync<ServiceRefusal>(() => CreateAsync(first));

        Assert.Equal(
            (409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2"),
            (refusal.Error.Status, refusal.Error.Code, refusal.Text));
    }

    [Fact]
    public async Task A_member_machine_s_key_is_rotated_by_a_full_one_and_the_new_one_may_no_more()
    {
        var first = _server.First;
        var made = (await CreateAsync(first, RestartableServer.Member)).AccessKey;
        var fresh = new RestartableServer.Key(made.AccessKeyId, made.SecretAccessKey);

        await DeleteAsync(first, Member.Id, RestartableServer.Member);
        await RestartAsync();

        Assert.Equal(RestartableServer.Member, made.UserName);
        Assert.Equal($"arn:aws:iam::123456789012:user/{RestartableServer.Member}", await WhoAmIAsync(fresh));
        await Assert.ThrowsAsync<ServiceRefusal>(() => WhoAmIAsync(Member));
        var denied = await Assert.ThrowsAsync<ServiceRefusal>(() => CreateAsync(fresh));
        Assert.Equal((403, "AccessDenied"), denied.Error);
        Assert.Contains(
            $"iam:CreateAccessKey on resource: user {RestartableServer.Member} because no identity-based policy allows", denied.Text,
            StringComparison.Ordinal);
        Assert.Equal([(fresh.Id, "Active")], await ListAsync(first, RestartableServer.Member));
    }

    [Fact]
    public async Task A_key_whose_user_the_settings_no_longer_have_is_of_no_use_until_they_have_it_again()
    {
        var made = (await CreateAsync(_server.First, RestartableServer.Reader)).AccessKey;
        var fresh = new RestartableServer.Key(made.AccessKeyId, made.SecretAccessKey);

        await _server.StopAsync();
        await _server.StartAsync("--AccessKeys:1:AccountId=210987654321");
        await Assert.ThrowsAsync<ServiceRefusal>(() => WhoAmIAsync(fresh));
        await RestartAsync();

        Assert.Equal($"arn:aws:iam::123456789012:user/{RestartableServer.Reader}", await WhoAmIAsync(fresh));
    }

    [Fact]
    public async Task A_key_that_was_made_may_be_written_into_the_credentials_file()
    {
        var old = _server.First;
        var made = (await CreateAsync(old)).AccessKey;
        await _server.StopAsync();
        await File.WriteAllTextAsync(
            Path.Combine(_server.Directory.FullName, "credentials"),
            $"[default]\naws_access_key_id = {made.AccessKeyId}\naws_secret_access_key = {made.SecretAccessKey}\n",
            TestContext.Current.CancellationToken);
        await _server.StartAsync();
        var fresh = _server.First;

        Assert.Equal([(fresh.Id, "Active")], await ListAsync(fresh));
        await Assert.ThrowsAsync<ServiceRefusal>(() => DeleteAsync(fresh, fresh.Id));
    }

    [Fact]
    public async Task Whoever_may_only_look_sees_keys_and_changes_none()
    {
        Assert.Equal([(RestartableServer.Reader, "Active")], await ListAsync(Reader));
        var user = (await _server.CallAsync(IamContract.Service, IamContract.GetUser, new(), Reader)).User;
        var denied = await Assert.ThrowsAsync<ServiceRefusal>(() => SetAsync(Reader, Reader.Id, "Inactive"));

        Assert.Equal(
            ("/", RestartableServer.Reader, $"arn:aws:iam::123456789012:user/{RestartableServer.Reader}"),
            (user.Path, user.UserName, user.Arn));
        Assert.Equal("AccessDenied", denied.Error.Code);
    }

    [Fact]
    public async Task The_root_user_is_shown_with_a_date_that_stays()
    {
        var before = (await _server.CallAsync(IamContract.Service, IamContract.GetUser, new(), _server.First)).User;
        await RestartAsync();
        var after = (await _server.CallAsync(IamContract.Service, IamContract.GetUser, new(), _server.First)).User;

        Assert.Equal(
            (null, null, "123456789012", "arn:aws:iam::123456789012:root"), (before.UserName, before.Path, before.UserId, before.Arn));
        Assert.Equal(before, after);
    }

    [Theory]
    [InlineData("nobody", "AKIDREADERMACHINE1", "Inactive", 404, "NoSuchEntity", "The user with name nobody cannot be found.")]
    [InlineData(null, "AKIDREADERMACHINE1", "Inactive", 404, "NoSuchEntity", "The Access Key with id AKIDREADERMACHINE1 cannot be found.")]
    [InlineData(
        null, "AKIDREADERMACHINE1", "Off", 400, "ValidationError",
        "1 validation error detected: Value 'Off' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, " +
        "Inactive]")]
    public async Task What_cannot_be_changed_is_refused_in_AWS_s_words(
        string? user, string id, string status, int http, string code, string message)
    {
        var refusal = await Assert.ThrowsAsync<ServiceRefusal>(() => SetAsync(_server.First, id, status, user));

        Assert.Equal((http, code, message), (refusal.Error.Status, refusal.Error.Code, refusal.Text));
    }

    [Fact]
    public async Task Keys_are_listed_page_by_page()
    {
        var first = _server.First;
        await CreateAsync(first);

        var page = await _server.CallAsync(IamContract.Service, IamContract.ListAccessKeys, new() { MaxItems = 1 }, first);
        var next = await _server.CallAsync(
            IamContract.Service, IamContract.ListAccessKeys, new() { MaxItems = 1, Marker = page.Marker }, first);

        Assert.Equal((true, false), (page.IsTruncated, next.IsTruncated));
        Assert.Null(next.Marker);
        Assert.NotEqual(page.AccessKeyMetadata.Single().AccessKeyId, next.AccessKeyMetadata.Single().AccessKeyId);
    }

    [Fact]
    public async Task Without_the_key_file_the_server_does_not_start()
    {
        await CreateAsync(_server.First);
        await _server.StopAsync();
        File.Delete(Path.Combine(_server.Directory.FullName, "certificates.key"));

        var refusal = await Assert.ThrowsAsync<StartException>(() => _server.StartAsync().AsTask());

        Assert.Contains("secret access keys", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_who_make_a_key_at_once_one_gets_it()
    {
        var first = _server.First;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            try
            {
                await CreateAsync(first);
                return "made";
            }
            catch (ServiceRefusal refusal)
            {
                return refusal.Error.Code;
            }
        }));

        Assert.Equal(("made", 15), (outcomes.Single(outcome => outcome == "made"), outcomes.Count(outcome => outcome == "LimitExceeded")));
    }

    private async Task RestartAsync()
    {
        await _server.StopAsync();
        await _server.StartAsync();
    }

    private Task<CreateAccessKeyResponse> CreateAsync(RestartableServer.Key by, string? userName = null) =>
        _server.CallAsync(IamContract.Service, IamContract.CreateAccessKey, new() { UserName = userName }, by);

    private async Task<IEnumerable<(string? Id, string? Status)>> ListAsync(RestartableServer.Key by, string? userName = null) =>
        (await _server.CallAsync(IamContract.Service, IamContract.ListAccessKeys, new() { UserName = userName }, by))
            .AccessKeyMetadata.Select(key => (key.AccessKeyId, key.Status));

    private Task SetAsync(RestartableServer.Key by, string id, string status, string? userName = null) =>
        _server.CallAsync(
            IamContract.Service, IamContract.UpdateAccessKey, new() { AccessKeyId = id, Status = status, UserName = userName }, by);

    private Task DeleteAsync(RestartableServer.Key by, string id, string? userName = null) =>
        _server.CallAsync(IamContract.Service, IamContract.DeleteAccessKey, new() { AccessKeyId = id, UserName = userName }, by);

    private async Task<string?> WhoAmIAsync(RestartableServer.Key by) =>
        (await _server.CallAsync(StsContract.Service, StsContract.GetCallerIdentity, new(), by)).Arn;
}
