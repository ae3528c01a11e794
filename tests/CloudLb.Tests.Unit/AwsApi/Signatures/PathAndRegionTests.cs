namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>Clients that are pointed at a path, or sign for a region of their own making.</summary>
public sealed class PathAndRegionTests(DemoServer server) : IClassFixture<DemoServer>
{
    private const string Form = "Action=Echo&Version=2012-06-01&Text=hello";

    [Theory]
    [InlineData("/services/LoadBalancing")]
    [InlineData("/services/LoadBalancing/")]
    [InlineData("/services/loadbalancing")]
    public async Task A_service_path_is_answered_like_the_root_and_signed_as_it_was_sent(string path)
    {
        var post = server.Post(Form);
        post.RequestUri = new Uri(server.Url, path);

        Assert.Equal("hello", (await server.SendSignedAsync(post)).Echo().Text);
        Assert.Equal(
            "hello",
            (await server.SendSignedAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, $"{path}?{Form}")))).Echo().Text);
    }

    [Fact]
    public async Task A_signature_for_one_path_is_not_good_for_another()
    {
        var request = server.Post(Form);
        await server.Signer.SignAsync(request, TestContext.Current.CancellationToken);
        request.RequestUri = new Uri(server.Url, "/services/LoadBalancing");

        Assert.Equal("SignatureDoesNotMatch", (await server.SendAsync(request)).Code);
    }

    [Theory]
    [InlineData("/services")]
    [InlineData("/services/LoadBalancing/more")]
    [InlineData("/favicon.ico")]
    public async Task Another_path_is_not_found_and_told_in_an_error_document(string path)
    {
        var post = server.Post(Form);
        post.RequestUri = new Uri(server.Url, path);
        var answer = await server.SendSignedAsync(post);

        Assert.Equal((404, "UnknownOperationException"), (answer.Status, answer.Code));
        Assert.NotNull(answer.Header("x-amzn-RequestId"));
    }

    [Theory]
    [InlineData("/%zz", 400)]
    [InlineData("/services/%4?Action=Echo", 400)]
    [InlineData("/services/%41?x=%zz", 404)]
    public async Task A_path_with_a_broken_escape_is_answered_without_a_body(string target, int status)
    {
        var raw = new Uri(
            $"{server.Url.GetLeftPart(UriPartial.Authority)}{target}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var answer = await server.SendAsync(new HttpRequestMessage(HttpMethod.Get, raw));

        Assert.Equal((status, status == 400), (answer.Status, answer.Body.Length == 0));
    }

    [Theory]
    [InlineData("undefined-4711", "us-east-1")]
    [InlineData("undefined-4712", "us-east-1")]
    [InlineData("eu-west-1", "eu-west-1")]
    public async Task Made_up_regions_stand_for_one_and_named_ones_for_themselves(string signed, string region)
    {
        await using var kind = new DemoServer(["us-east-1", "eu-west-1"], "us-east-1");
        await kind.InitializeAsync();

        Assert.Equal(region, (await SendAsync(kind, signed)).Echo().Region);
    }

    [Fact]
    public async Task A_region_that_is_not_spelled_as_one_is_refused_even_where_any_is_let_through()
    {
        await using var kind = new DemoServer([], "us-east-1");
        await kind.InitializeAsync();

        Assert.Equal("SignatureDoesNotMatch", (await SendAsync(kind, "un_defined")).Code);
    }

    [Fact]
    public async Task The_region_that_a_service_is_signed_for_everywhere_is_let_through_whatever_the_regions()
    {
        await using var strict = new DemoServer(["eu-west-1"]);
        await strict.InitializeAsync();

        Assert.Equal("aws-global", (await SendAsync(strict, "aws-global")).Echo().Region);
        Assert.Equal("SignatureDoesNotMatch", (await SendAsync(strict, "us-east-1")).Code);
    }

    private static async Task<Answer> SendAsync(DemoServer server, string region)
    {
        var request = server.Post(Form);
        await server.SignerFor(region: region).SignAsync(request, TestContext.Current.CancellationToken);
        return await server.SendAsync(request);
    }
}
